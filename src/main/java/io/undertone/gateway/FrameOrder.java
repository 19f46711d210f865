package io.undertone.gateway;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Reorders the frames of one leg by their sequence numbers. Frames 1, 3, 2 come out as 1, 2, 3; a missing frame is given up once {@value
 * #HELD_MAX_MS} ms of audio, or as much time, have followed it. Duplicates and frames that arrive after they were given up are dropped. If
 * numbers start above 0, the first frames are held as long, in case an earlier one follows; if numbers ascend by more than one, frames come
 * out in order too, delayed by as much. Not thread-safe.
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

    /** Gives up frames that were waited for too long. */
    void tick(long nowMs) {
        while (!held.isEmpty() && nowMs - earliestArrival() > HELD_MAX_MS) {
            giveUp();
        }
    }

    /** Releases all held frames: no more follow. */
    void finish() {
        while (!held.isEmpty()) {
            giveUp();
        }
    }

    /** Lets numbering start anew, for another connection. */
    void restart() {
        finish();
        last = -1;
    }

    /** Audio held for a missing frame, in ms. */
    long heldMs() {
        return heldMs;
    }

    /** Duplicate or late frames that were dropped. */
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
