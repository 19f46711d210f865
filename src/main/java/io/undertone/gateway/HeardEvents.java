package io.undertone.gateway;

import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.config.UndertoneConfig;
import io.undertone.kafka.EventListener;
import io.undertone.kafka.EventReader;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads new emotion events from the moment it is opened and passes them on. */
final class HeardEvents implements Following.Reader {
    private final EventReader reader;
    private final EventListener told;

    private HeardEvents(EventReader reader, Consumer<EmotionEvent> to) {
        this.reader = reader;
        this.told = new Told(to);
    }

    /** @param to gets each event */
    static HeardEvents open(UndertoneConfig config, Consumer<EmotionEvent> to) {
        return new HeardEvents(EventReader.open(config, false), to);
    }

    @Override
    public boolean poll(Duration atMost) {
        return reader.poll(atMost, told);
    }

    @Override
    public void stop() {
        reader.stop();
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Only single events are passed on. */
    private record Told(Consumer<EmotionEvent> to) implements EventListener {
        @Override
        public void event(EmotionEvent event) {
            to.accept(event);
        }

        @Override
        public void summary(CallSummary summary) {
            // A summary arrives only after the call is over.
        }
    }
}
