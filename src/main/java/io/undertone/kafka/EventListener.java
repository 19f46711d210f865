package io.undertone.kafka;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;

/** Gets events and summaries, in the order in which they come. */
public interface EventListener {
    void event(EmotionEvent event);

    void summary(CallSummary summary);

    /** All records that were there have been handed over; the next ones may be a while. */
    default void settle() {}
}
