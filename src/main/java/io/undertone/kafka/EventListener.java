package io.undertone.kafka;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;

/** Gets events, summaries and conversations, in the order in which they come. */
public interface EventListener {
    void event(EmotionEvent event);

    void summary(CallSummary summary);

    /** Of whole calls, from a reader that was asked for them. */
    default void conversation(CallConversation conversation) {}

    /** All records that were there have been handed over; the next ones may be a while. */
    default void settle() {}
}
