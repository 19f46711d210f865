package io.undertone.bench;

import java.util.OptionalInt;

/**
 * Looks for the most legs that hold a limit: doubles until a run fails, then halves the interval until its ends are within a
 * tenth. From 100, where 300 hold and more don't: 100 holds, 200 holds, 400 fails, 300 holds, 350 fails, 325 fails; the answer is
 * 300. Runs differ, so the answer is one that held, not a bound that none exceeds. Not thread-safe.
 */
public final class CapacitySearch {
    private static final double CLOSE_ENOUGH = 1.1;

    private final int max;
    private int held;
    private int failed;
    private int next;

    /**
     * @param first legs of the first run, at least 1
     * @param max never more than these
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

    /** Tells how the run of {@link #next()} went. */
    public void tell(boolean holds) {
        if (holds) {
            held = next;
        } else {
            failed = next;
        }
        next = failed > max ? Math.min(max, 2 * held) : (held + failed) / 2;
    }

    /** The most legs that held so far; 0 where none did. */
    public int held() {
        return held;
    }
}
