package io.undertone.cli;

import io.undertone.kafka.EventListener;

/** Creates the printer of events and summaries that the options select. */
final class EventPrinters {
    private EventPrinters() {}

    /** JSON lines with {@code --json}; otherwise human-readable rows, in colour on a terminal. */
    static EventListener of(Surroundings surroundings, boolean json) {
        return json
                ? new JsonLinesPrinter(surroundings.out())
                : new TimelinePrinter(surroundings.out(), surroundings.colour());
    }
}
