package io.undertone.gateway;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Brings the frames of one leg into the order of their numbers. Frames 1, 3, 2 come out as 1, 2, 3; a frame that is missing is waited
 * for until {@value #HELD_MAX_MS} ms of audio, or so much time, stand behind it, and then given up. Frames that come twice or after they were
 * given up are dropped. Where numbers begin above 0, the first frames wait as long, so that the first of them is known; where they ascend
 * by more than one, all comes out in order too, so much later. Not thread-safe.
 */
final class FrameOrder {
    /** Twice what Telnyx shuffles. */
    static final int HELD_MAX_MS = 200;

    private static final int HELD_MAX_FRAMES = 1_000;

    private final Consumer<Frame> next;
    private final PriorityQueue<Frame> held = new PriorityQueue<>(
            (a, b) -> Long.compare(a.time().sequence(), b.time().sequence()));
    private long last = -1;
    private long heldMs;
    private int dropped;

    /** @param next takes each frame in order */
    FrameOrder(Consumer<Frame> next) {
        this.next = next;
    }

    void take(Frame frame) {
        if (last >= 0 && frame.time().sequence() <= last) {
            dropped++;
            return;
        }
        held.add(frame);
        heldMs += ms(frame);
        release();
        while (heldMs > HELD_MAX_MS || held.size() > HELD_MAX_FRAMES) {
            giveUp();
        }
    }

    /** Gives up what was waited for too long. */
    void tick(long nowMs) {
        while (!held.isEmpty() && nowMs - earliestArrival() > HELD_MAX_MS) {
            giveUp();
        }
    }

    /** Lets all go that is held: nothing more comes. */
    void finish() {
        while (!held.isEmpty()) {
            giveUp();
        }
    }

    /** The next numbers may begin anywhere: another connection's. */
    void restart() {
        finish();
        last = -1;
    }

    /** Audio that waits for what comes before it, in ms. */
    long heldMs() {
        return heldMs;
    }

    /** Frames that came twice or too late. */
    int dropped() {
        return dropped;
    }

    private void giveUp() {
        pass();
        release();
    }

    private void release() {
        for (Frame first = held.peek(); first != null && follows(first.time().sequence()); first = held.peek()) {
            pass();
        }
    }

    private boolean follows(long sequence) {
        return sequence <= last + 1;
    }

    private void pass() {
        Frame frame = held.remove();
        heldMs -= ms(frame);
        if (last >= 0 && frame.time().sequence() <= last) {
            dropped++;
            return;
        }
        last = frame.time().sequence();
        next.accept(frame);
    }

    private long earliestArrival() {
        return held.stream().mapToLong(Frame::arrivedMs).min().orElse(Long.MAX_VALUE);
    }

    private static long ms(Frame frame) {
        return Math.max(1, frame.form().ms(frame.samples()));
    }
}
