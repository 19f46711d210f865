package io.undertone.topology;

import io.undertone.LegEnd;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import io.undertone.publish.CallTally;
import io.undertone.vote.Belief;
import io.undertone.vote.Opinion;
import io.undertone.window.Window;
import java.util.ArrayDeque;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one leg that wait for the voters, followed by the leg's end: they leave in order of arrival, whatever the order of answers. Not thread-safe.
 */
final class LegLine {
    /** A window with a known number belongs to a new leg if it was captured this much later than the newest. */
    private static final long ANOTHER_LEG_AFTER_MS = 1_000;

    /** One entry. */
    static final class Item {
        private final LegLine line;
        private final Bytes storeKey;
        private final long timestampMs;
        private final @Nullable Window window;
        private final @Nullable LegEnd end;
        private final boolean first;
        private final CallAttributes attributes;
        private @Nullable Opinion opinion;
        private @Nullable Throwable failure;

        private Item(
                LegLine line,
                Bytes storeKey,
                long timestampMs,
                @Nullable Window window,
                @Nullable LegEnd end,
                boolean first,
                CallAttributes attributes) {
            this.line = line;
            this.storeKey = storeKey;
            this.timestampMs = timestampMs;
            this.window = window;
            this.end = end;
            this.first = first;
            this.attributes = attributes;
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

        /** Whether another leg of the same name begins with this window, although the previous leg's end never arrived. */
        boolean first() {
            return first;
        }

        /** The call's attributes in the record. */
        CallAttributes attributes() {
            return attributes;
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
    private long capturedAtMs;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int nextIndex;
    private long newestCapturedAtMs;

    LegLine(LegId leg, LegStanding standing) {
        this.leg = leg;
        this.tally = standing.tally();
        this.belief = standing.belief();
        this.capturedAtMs = standing.capturedAtMs();
        this.nextIndex = tally.nextIndex();
        this.newestCapturedAtMs = capturedAtMs;
    }

    LegId leg() {
        return leg;
    }

    CallTally tally() {
        return tally;
    }

    /** The belief from the windows that have left, for the next one. */
    Belief belief() {
        return belief;
    }

    void believe(Belief now) {
        belief = now;
    }

    /** Records that this window has left, judged or not. */
    void passed(Window window) {
        capturedAtMs = Math.max(capturedAtMs, window.capturedAtMs());
    }

    /**
     * The state that a restart needs.
     *
     * @param streamTimeMs the partition's stream time
     */
    LegStanding standing(long streamTimeMs) {
        return new LegStanding(tally, belief, capturedAtMs, streamTimeMs);
    }

    /** Whether this window has been received before. */
    boolean isRepeated(Window window) {
        return window.index() < nextIndex && !isOfAnotherLeg(window);
    }

    /** Duplicate windows have their original times; those of another leg were captured after all of this one's. */
    private boolean isOfAnotherLeg(Window window) {
        return window.index() < nextIndex
                && newestCapturedAtMs != LegStanding.UNKNOWN
                && window.capturedAtMs() > newestCapturedAtMs + ANOTHER_LEG_AFTER_MS;
    }

    Item add(Bytes storeKey, long timestampMs, Window window, CallAttributes attributes) {
        boolean first = isOfAnotherLeg(window);
        nextIndex = first ? window.index() + 1 : Math.max(nextIndex, window.index() + 1);
        newestCapturedAtMs = Math.max(newestCapturedAtMs, window.capturedAtMs());
        Item item = new Item(this, storeKey, timestampMs, window, null, first, attributes);
        items.add(item);
        return item;
    }

    void addEnd(Bytes storeKey, long timestampMs, LegEnd end, CallAttributes attributes) {
        items.add(new Item(this, storeKey, timestampMs, null, end, false, attributes));
        // Windows after the end belong to another leg of the same name.
        nextIndex = 0;
    }

    /** Starts over after the leg's end: later windows belong to another leg of the same name. */
    void restart() {
        tally = new CallTally();
        belief = Belief.NONE;
    }

    int size() {
        return items.size();
    }

    /** Removes and returns the first entry if it is done. */
    @Nullable
    Item pollDone() {
        Item first = items.peek();
        return first != null && first.isDone() ? items.remove() : null;
    }
}
