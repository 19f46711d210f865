package io.undertone.source;

import java.time.Clock;

/** When the chunks of a call are sent: once their last sample has been spoken, or as fast as Kafka takes them. */
public final class Pace {
    /** As fast as possible. */
    public static final double MAX = Double.POSITIVE_INFINITY;

    private final double speed;
    private final Clock clock;
    private final Sleeper sleeper;

    /**
     * @param speed seconds of audio a second, over 0; {@link #MAX}: no waiting
     * @param clock the time
     * @param sleeper lets it pass
     */
    Pace(double speed, Clock clock, Sleeper sleeper) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be > 0: speed=" + speed);
        }
        this.speed = speed;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** By the machine's clock. */
    public static Pace of(double speed) {
        return new Pace(speed, Clock.systemUTC(), Thread::sleep);
    }

    /**
     * When a call of this length began, epoch ms, so that it ends when its last chunk is sent: now at speed 1, its own length ago
     * at {@link #MAX}.
     */
    long startedAtMs(long durationMs) {
        return clock.millis() - durationMs + Math.round(durationMs / speed);
    }

    /** Starts to play. */
    Play start() {
        return new Play(clock.millis());
    }

    /** One call being played. */
    final class Play {
        private final long startMs;

        private Play(long startMs) {
            this.startMs = startMs;
        }

        /** Waits until {@code audioMs} of the call have been spoken. */
        void await(long audioMs) throws InterruptedException {
            long waitMs = startMs + Math.round(audioMs / speed) - clock.millis();
            if (waitMs > 0) {
                sleeper.sleep(waitMs);
            }
        }
    }

    /** Lets time pass. */
    interface Sleeper {
        void sleep(long ms) throws InterruptedException;
    }
}
