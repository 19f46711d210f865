package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.Judgement;
import io.undertone.kafka.EventListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneCallTest {
    private final List<Object> got = new ArrayList<>();

    private final EventListener listener = new EventListener() {
        @Override
        public void event(EmotionEvent event) {
            got.add(event);
        }

        @Override
        public void summary(CallSummary summary) {
            got.add(summary);
        }

        @Override
        public void conversation(CallConversation conversation) {
            got.add(conversation);
        }

        @Override
        public void alert(EmotionAlert alert) {
            got.add(alert);
        }

        @Override
        public void feedback(EmotionFeedback feedback) {
            got.add(feedback);
        }

        @Override
        public void settle() {
            got.add("settled");
        }
    };

    private final EmotionEvent event = Records.event();
    private final CallSummary summary = Records.summary();
    private final CallConversation conversation = Records.conversation();
    private final EmotionAlert alert = Records.alert();
    private final EmotionFeedback feedback = Records.feedback(Judgement.RIGHT, null, false);

    private void hear(EventListener to) {
        to.event(event);
        to.summary(summary);
        to.conversation(conversation);
        to.alert(alert);
        to.feedback(feedback);
        to.settle();
    }

    @Test
    void shouldHandOnAllRecordsOfTheCall() {
        hear(new OneCall(event.getCallId(), listener));

        assertThat(got).containsExactly(event, summary, conversation, alert, feedback, "settled");
    }

    @Test
    void shouldDropThoseOfOtherCalls() {
        hear(new OneCall("another call", listener));

        assertThat(got).containsExactly("settled");
    }
}
