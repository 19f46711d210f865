package io.undertone.web;

import io.undertone.Sentiment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A filter of legs.
 *
 * @param search part of the call id or of the value of an attribute, in any case; empty: all
 * @param label the present label; null: any
 * @param seconds for longer than this, in seconds: "angry for more than 10 s"; 0: for any time
 * @param sentiment the present one; null: any
 * @param live true: only live ones, false: only those that ended, null: both
 */
record CallFilter(
        String search,
        @Nullable String label,
        double seconds,
        @Nullable Sentiment sentiment,
        @Nullable Boolean live) {
    static final CallFilter ALL = new CallFilter("", null, 0, null, null);

    boolean lets(LegView leg) {
        SeenWindow last = leg.last();
        return isFound(leg)
                && (live == null || live != leg.ended())
                && (label == null || (last != null && last.label.equals(label)))
                && (sentiment == null || (last != null && last.sentiment == sentiment))
                && (seconds == 0 || leg.runMs() > seconds * 1_000);
    }

    private boolean isFound(LegView leg) {
        String part = search.toLowerCase(Locale.ROOT);
        return leg.key().callId().toLowerCase(Locale.ROOT).contains(part)
                || leg.attributes().values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(part));
    }
}
