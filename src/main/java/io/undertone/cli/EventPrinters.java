package io.undertone.cli;

import io.undertone.kafka.EventListener;

/** Makes the printer of events and summaries that a command line asks for. */
final class EventPrinters {
    private EventPrinters() {}

    /** JSON lines where asked for; otherwise rows to read, in colour on a terminal. */
    static EventListener of(Surroundings surroundings, boolean json) {
        return json
                ? new JsonLinesPrinter(surroundings.out())
                : new TimelinePrinter(surroundings.out(), surroundings.colour());
    }
}
