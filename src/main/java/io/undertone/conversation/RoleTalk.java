package io.undertone.conversation;

import io.undertone.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one leg talked.
 *
 * @param role of the leg
 * @param talkMs total talk
 * @param share of all legs' talk, [0, 1]
 * @param monologueMs its longest stretch of talk without a pause of 3 s and without a second of talk by another leg
 * @param interruptions how often it cut another leg short
 * @param levelDb mean loudness of its talk, dB of full scale; null if there is none
 * @param spans when it talked, in order; at most the first {@value #SPANS_MAX}
 */
public record RoleTalk(
        Role role,
        long talkMs,
        double share,
        long monologueMs,
        int interruptions,
        @Nullable Double levelDb,
        List<TalkSpan> spans) {
    /** Enough for hours of talk; about 50 KB of the record. */
    static final int SPANS_MAX = 5_000;

    public RoleTalk {
        spans = List.copyOf(spans);
    }
}
