package io.undertone.cli;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;

/** Shows events and summaries, in the order they come. */
interface EventPrinter {
    void event(EmotionEvent event);

    void summary(CallSummary summary);

    /** All that was there has been shown; what comes next may be a while. */
    default void settle() {}

    /** JSON lines where asked for; otherwise rows to read, in colour on a terminal. */
    static EventPrinter of(Surroundings surroundings, boolean json) {
        return json
                ? new JsonLinesPrinter(surroundings.out())
                : new TimelinePrinter(surroundings.out(), surroundings.colour());
    }
}
