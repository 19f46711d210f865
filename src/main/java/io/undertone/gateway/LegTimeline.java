package io.undertone.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Assigns positions to the audio of one leg. Audio follows directly on audio, except where time passed without any:
 *
 * <ul>
 *   <li>by the source's timestamps, if they are ahead by more than {@value #TIMESTAMP_SLACK_MS} ms (they are uneven by some ms and not a
 *       count of samples);
 *   <li>without timestamps, by the clock of arrival, where that is ahead by more than {@value #ARRIVAL_SLACK_MS} ms and stays so for
 *       {@value #BURST_MS} ms: a stalled network looks the same at first, but then delivers the delayed audio faster than real time. Audio
 *       that arrives after 60 s without any is held for a second; if it is then still 59.9 s behind the clock, it is placed 59.9 s later
 * </ul>
 *
 * <p>Positions never decrease. Not thread-safe.
 */
final class LegTimeline {
    static final int TIMESTAMP_SLACK_MS = 100;
    static final int ARRIVAL_SLACK_MS = 200;
    static final int BURST_MS = 1_000;

    /** A larger jump of a source's clock is taken for a fault and ignored. */
    private static final long JUMP_MAX_MS = 6 * 3_600_000L;

    /** Takes audio with its position. */
    interface Output {
        /**
         * @param position of its first sample, within the leg
         * @param arrivedMs when it was received, epoch ms
         */
        void place(long position, AudioForm form, byte[] samples, long arrivedMs);
    }

    private final int sampleRateHz;
    private final LongConsumer passing;
    private final Output output;
    private long next;
    private long aheadOfClock;

    private final Deque<Frame> held = new ArrayDeque<>();
    private long heldSamples;
    private long leastLag;
    private long heldUntilMs;

    /**
     * @param from position at which the leg continues; 0 for a new leg
     * @param passing told the length of each gap, in samples
     * @param output takes each frame once its position is final
     */
    LegTimeline(int sampleRateHz, long from, LongConsumer passing, Output output) {
        this.sampleRateHz = sampleRateHz;
        this.next = from;
        this.passing = passing;
        this.output = output;
    }

    /** Position of the next sample, if no time passes before it. */
    long next() {
        return next + heldSamples;
    }

    /** Audio follows on audio. */
    void byCount(Frame frame) {
        decide();
        put(frame);
    }

    /** @param atMs when the frame's first sample was spoken by the source's clock, since the position 0 of its call */
    void byTimestamp(Frame frame, long atMs) {
        decide();
        long lag = samples(atMs) - next;
        if (lag > samples(TIMESTAMP_SLACK_MS) && lag < samples(JUMP_MAX_MS)) {
            jump(lag);
        }
        put(frame);
    }

    /** @param atMs when the frame's first sample was spoken, had it come at once, since the position 0 of its call */
    void byArrival(Frame frame, long atMs) {
        long lag = samples(atMs) + aheadOfClock - next();
        if (held.isEmpty()) {
            if (lag < 0) {
                // Audio ahead of the clock shows that the clock started late.
                aheadOfClock -= lag;
            }
            if (lag <= samples(ARRIVAL_SLACK_MS)) {
                put(frame);
                return;
            }
            heldUntilMs = frame.arrivedMs() + BURST_MS;
            leastLag = lag;
        }
        held.add(frame);
        heldSamples += frame.samples();
        leastLag = Math.min(leastLag, lag);
        if (leastLag <= samples(ARRIVAL_SLACK_MS) || frame.arrivedMs() >= heldUntilMs) {
            decide();
        }
    }

    /** The source discarded this much audio. */
    void leftOut(long ms) {
        decide();
        if (ms > 0 && ms < JUMP_MAX_MS) {
            jump(samples(ms));
        }
    }

    /** Moves the leg forward to this position, unless it is already there. */
    void moveTo(long position) {
        decide();
        if (position > next) {
            jump(position - next);
        }
    }

    /** Decides on what was held long enough. */
    void tick(long nowMs) {
        if (!held.isEmpty() && nowMs >= heldUntilMs) {
            decide();
        }
    }

    /** Lets all go that is held: nothing more comes. */
    void decide() {
        if (held.isEmpty()) {
            return;
        }
        if (leastLag > samples(ARRIVAL_SLACK_MS)) {
            jump(leastLag);
        }
        heldSamples = 0;
        held.forEach(this::put);
        held.clear();
    }

    private void jump(long samples) {
        next += samples;
        passing.accept(samples);
    }

    private void put(Frame frame) {
        long position = next;
        next += frame.samples();
        output.place(position, frame.form(), frame.bytes(), frame.arrivedMs());
    }

    private long samples(long ms) {
        return ms * sampleRateHz / 1_000;
    }
}
