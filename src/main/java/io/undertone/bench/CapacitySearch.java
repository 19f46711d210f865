package io.undertone.bench;

import java.util.OptionalInt;

/**
 * Searches for the most legs within a latency limit: doubles until a run fails, then bisects until the bounds are within a
 * tenth. From 100, where 300 pass and more fail: 100 passes, 200 passes, 400 fails, 300 passes, 350 fails, 325 fails; the result is
 * 300. Runs vary, so the result is a number that passed, not a strict upper bound. Not thread-safe.
 */
public final class CapacitySearch {
    private static final double CLOSE_ENOUGH = 1.1;

    private final int max;
    private int held;
    private int failed;
    private int next;

    /**
     * @param first legs of the first run, at least 1
     * @param max upper limit of legs
     */
    public CapacitySearch(int first, int max) {
        if (first < 1 || first > max) {
            throw new IllegalArgumentException("first must be 1 to " + max + " legs: first=" + first);
        }
        this.max = max;
        this.failed = max + 1;
        this.next = first;
    }

    /** Legs of the next run; empty once the search is over. */
    public OptionalInt next() {
        boolean over = next <= held || next >= failed || held > 0 && failed <= held * CLOSE_ENOUGH;
        return over ? OptionalInt.empty() : OptionalInt.of(next);
    }

    /** Records whether the run of {@link #next()} passed. */
    public void tell(boolean holds) {
        if (holds) {
            held = next;
        } else {
            failed = next;
        }
        next = failed > max ? Math.min(max, 2 * held) : (held + failed) / 2;
    }

    /** The most legs that passed so far; 0 where none did. */
    public int held() {
        return held;
    }
}
