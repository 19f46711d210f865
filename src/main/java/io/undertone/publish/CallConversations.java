package io.undertone.publish;

import io.undertone.CallConversation;
import io.undertone.EndReason;
import io.undertone.LegTalk;
import io.undertone.TalkStretch;
import io.undertone.conversation.ConversationMeasures;
import io.undertone.ingest.CallAttributes;
import java.time.Instant;

/** Measures of calls as records of the topic {@code call-conversations}. */
public final class CallConversations {
    private CallConversations() {}

    /**
     * The record of a call.
     *
     * @param attributes what is known of the call besides
     * @param producedAtMs when, epoch ms
     */
    public static CallConversation of(
            String callId,
            ConversationMeasures measures,
            CallAttributes attributes,
            EndReason endReason,
            long producedAtMs) {
        return CallConversation.newBuilder()
                .setCallId(callId)
                .setStartedAt(Instant.ofEpochMilli(measures.startedAtMs()))
                .setDurationMs(measures.durationMs())
                .setLegs(measures.roles().stream()
                        .map(leg -> new LegTalk(
                                leg.role(),
                                leg.talkMs(),
                                leg.share(),
                                leg.monologueMs(),
                                leg.interruptions(),
                                leg.levelDb(),
                                leg.spans().stream()
                                        .map(span -> new TalkStretch(span.startMs(), span.endMs()))
                                        .toList()))
                        .toList())
                .setSilences(measures.silence().count())
                .setSilenceMs(measures.silence().totalMs())
                .setLongestSilenceMs(measures.silence().longestMs())
                .setOverlaps(measures.overlap().count())
                .setOverlapMs(measures.overlap().totalMs())
                .setLongestOverlapMs(measures.overlap().longestMs())
                .setMeanOverlapMs(measures.overlap().meanMs())
                .setEndReason(endReason)
                .setAttributes(attributes.byName())
                .setProducedAt(Instant.ofEpochMilli(producedAtMs))
                .build();
    }
}
