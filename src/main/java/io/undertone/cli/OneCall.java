package io.undertone.cli;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.kafka.EventListener;

/**
 * Passes on the records of one call and drops all others.
 *
 * @param callId id of the call
 * @param listener receives its records
 */
record OneCall(String callId, EventListener listener) implements EventListener {
    @Override
    public void event(EmotionEvent event) {
        if (event.getCallId().equals(callId)) {
            listener.event(event);
        }
    }

    @Override
    public void summary(CallSummary summary) {
        if (summary.getCallId().equals(callId)) {
            listener.summary(summary);
        }
    }

    @Override
    public void conversation(CallConversation conversation) {
        if (conversation.getCallId().equals(callId)) {
            listener.conversation(conversation);
        }
    }

    @Override
    public void alert(EmotionAlert alert) {
        if (alert.getCallId().equals(callId)) {
            listener.alert(alert);
        }
    }

    @Override
    public void feedback(EmotionFeedback feedback) {
        if (feedback.getCallId().equals(callId)) {
            listener.feedback(feedback);
        }
    }

    @Override
    public void settle() {
        listener.settle();
    }
}
