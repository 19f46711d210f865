package io.undertone.topology;

import io.undertone.LegEnd;
import io.undertone.ingest.LegId;
import io.undertone.publish.CallTally;
import io.undertone.vote.Belief;
import io.undertone.vote.Opinion;
import io.undertone.window.Window;
import java.util.ArrayDeque;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one leg that wait for the voters, in the order in which they came, and the leg's end behind them: who is
 * first in line leaves first, whichever is answered first. Not thread-safe.
 */
final class LegLine {
    /** One in line. */
    static final class Item {
        private final LegLine line;
        private final Bytes storeKey;
        private final long timestampMs;
        private final @Nullable Window window;
        private final @Nullable LegEnd end;
        private @Nullable Opinion opinion;
        private @Nullable Throwable failure;

        private Item(LegLine line, Bytes storeKey, long timestampMs, @Nullable Window window, @Nullable LegEnd end) {
            this.line = line;
            this.storeKey = storeKey;
            this.timestampMs = timestampMs;
            this.window = window;
            this.end = end;
        }

        LegLine line() {
            return line;
        }

        Bytes storeKey() {
            return storeKey;
        }

        long timestampMs() {
            return timestampMs;
        }

        /** The window; null for the leg's end. */
        @Nullable
        Window window() {
            return window;
        }

        /** The leg's end; null for a window. */
        @Nullable
        LegEnd end() {
            return end;
        }

        @Nullable
        Opinion opinion() {
            return opinion;
        }

        @Nullable
        Throwable failure() {
            return failure;
        }

        void judged(Opinion given) {
            opinion = given;
        }

        void failed(Throwable cause) {
            failure = cause;
        }

        private boolean isDone() {
            return end != null || opinion != null || failure != null;
        }
    }

    private final LegId leg;
    private CallTally tally;
    private Belief belief;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int nextIndex;

    LegLine(LegId leg, LegStanding standing) {
        this.leg = leg;
        this.tally = standing.tally();
        this.belief = standing.belief();
        this.nextIndex = tally.nextIndex();
    }

    LegId leg() {
        return leg;
    }

    CallTally tally() {
        return tally;
    }

    /** What the windows that have left say about the next to leave. */
    Belief belief() {
        return belief;
    }

    void believe(Belief now) {
        belief = now;
    }

    /** All of it that a restart needs. */
    LegStanding standing() {
        return new LegStanding(tally, belief);
    }

    /** Whether a window of this index has been here before. */
    boolean isRepeated(int index) {
        return index < nextIndex;
    }

    Item add(Bytes storeKey, long timestampMs, Window window) {
        nextIndex = Math.max(nextIndex, window.index() + 1);
        Item item = new Item(this, storeKey, timestampMs, window, null);
        items.add(item);
        return item;
    }

    void addEnd(Bytes storeKey, long timestampMs, LegEnd end) {
        items.add(new Item(this, storeKey, timestampMs, null, end));
        // What comes after the end is another leg of the same name.
        nextIndex = 0;
    }

    /** The leg has ended and left: what is behind its end belongs to another of the same name. */
    void restart() {
        tally = new CallTally();
        belief = Belief.NONE;
    }

    int size() {
        return items.size();
    }

    /** Takes the first in line if it is done. */
    @Nullable
    Item pollDone() {
        Item first = items.peek();
        return first != null && first.isDone() ? items.remove() : null;
    }
}
