package io.undertone.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Gives the audio of one leg its positions. Audio follows on audio, except where time passed without any:
 *
 * <ul>
 *   <li>by the source's timestamps, where it is ahead by more than {@value #TIMESTAMP_SLACK_MS} ms (they are uneven by some ms and no
 *       count of samples);
 *   <li>without timestamps, by the clock of arrival, where that is ahead by more than {@value #ARRIVAL_SLACK_MS} ms and stays so for
 *       {@value #BURST_MS} ms: a network that stalls looks the same at first, but what it held up then comes faster than it is spoken.
 *       Audio that came after 60 s of nothing is held for a second; if it then is still 59.9 s behind the clock, it stands 59.9 s later
 * </ul>
 *
 * <p>Positions never go back. Not thread-safe.
 */
final class LegTimeline {
    static final int TIMESTAMP_SLACK_MS = 100;
    static final int ARRIVAL_SLACK_MS = 200;
    static final int BURST_MS = 1_000;

    /** A source's clock that jumps by more is broken. */
    private static final long JUMP_MAX_MS = 6 * 3_600_000L;

    /** Takes audio with its place. */
    interface Output {
        /**
         * @param position of its first sample, within the leg
         * @param arrivedMs when it came, epoch ms
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
     * @param from position that the leg goes on from; 0: a new one
     * @param passing told each time how many samples' time passed without audio
     * @param output told of each frame once its place is certain
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
                // What comes earlier than the clock allows shows that the clock began late.
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

    /** The source has spoken for so long and sends nothing of it. */
    void leftOut(long ms) {
        decide();
        if (ms > 0 && ms < JUMP_MAX_MS) {
            jump(samples(ms));
        }
    }

    /** The leg goes on at this position, unless it is there already. */
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
