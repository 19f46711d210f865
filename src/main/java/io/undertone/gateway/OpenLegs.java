package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.kafka.PublishedLegs;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The open legs in {@code audio-chunks}, from this gateway and others. Thread-safe, except for reading. */
final class OpenLegs implements FormerLegs {
    private final PublishedLegs published;

    OpenLegs(PublishedLegs published) {
        this.published = published;
    }

    @Override
    public Map<Role, Standing> of(String callId) {
        Map<Role, Standing> standings = new EnumMap<>(Role.class);
        published
                .of(callId)
                .forEach((role, leg) ->
                        standings.put(role, new Standing(leg.end(), leg.endMs(), leg.aheadMs(), leg.sampleRateHz())));
        return standings;
    }

    /** Starts following the topic, after reading what it already holds. */
    Following.Reader reader() {
        PublishedLegs.Reading reading = published.read();
        try {
            reading.catchUp();
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
        return new Reader(reading);
    }

    private record Reader(PublishedLegs.Reading reading) implements Following.Reader {
        @Override
        public boolean poll(Duration atMost) {
            return reading.poll(atMost);
        }

        @Override
        public void stop() {
            reading.stop();
        }

        @Override
        public void close() {
            reading.close();
        }
    }
}
