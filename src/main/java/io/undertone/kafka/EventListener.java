package io.undertone.kafka;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;

/** Receives events, summaries, conversations and alerts, in the order of their arrival. */
public interface EventListener {
    void event(EmotionEvent event);

    void summary(CallSummary summary);

    /** Of whole calls, from a reader that was asked for them. */
    default void conversation(CallConversation conversation) {}

    /** Of legs, from a reader that was asked for them. */
    default void alert(EmotionAlert alert) {}

    /** What people say of labels, from a reader that was asked for it. */
    default void feedback(EmotionFeedback feedback) {}

    /** All records that were there have been handed over; the next ones may be a while. */
    default void settle() {}
}
