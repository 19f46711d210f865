package io.undertone.conversation;

import io.undertone.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one leg talked.
 *
 * @param role whose voice
 * @param talkMs how long
 * @param share of all legs' talk, [0, 1]
 * @param monologueMs its longest stretch of talk that no pause of 3 s and no talk of others of a second breaks
 * @param interruptions how often it cut another leg short
 * @param levelDb mean loudness of its talk, dB of full scale; null where there is none
 * @param spans when it talked, in order; of more than {@value #SPANS_MAX} the first
 */
public record RoleTalk(
        Role role,
        long talkMs,
        double share,
        long monologueMs,
        int interruptions,
        @Nullable Double levelDb,
        List<TalkSpan> spans) {
    /** Hours of talk, and some 50 KB of record. */
    static final int SPANS_MAX = 5_000;

    public RoleTalk {
        spans = List.copyOf(spans);
    }
}
