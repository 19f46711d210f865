package io.undertone.publish;

import io.undertone.EmotionEvent;
import io.undertone.Model;
import io.undertone.Vote;
import io.undertone.ingest.LegId;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.time.Instant;
import java.util.List;

/** Verdicts as records of the topic {@code emotion-events}. */
public final class EmotionEvents {
    private EmotionEvents() {}

    /** The same for a window at every replay: {@code callId/ROLE/index}. */
    public static String eventId(LegId leg, int index) {
        return leg + "/" + index;
    }

    /**
     * The record of a verdict.
     *
     * @param model the bundle that voted
     * @param producedAtMs when, epoch ms
     */
    public static EmotionEvent of(LegId leg, Window window, Verdict verdict, Model model, long producedAtMs) {
        List<Vote> votes = verdict.votes().stream()
                .map(vote -> new Vote(vote.voter(), vote.label(), vote.confidence()))
                .toList();
        return EmotionEvent.newBuilder()
                .setEventId(eventId(leg, window.index()))
                .setCallId(leg.callId())
                .setRole(leg.role())
                .setIndex(window.index())
                .setStartMs(window.startMs())
                .setEndMs(window.endMs())
                .setCapturedAt(Instant.ofEpochMilli(window.capturedAtMs()))
                .setLabel(verdict.label())
                .setConfidence(verdict.confidence())
                .setAgreement(verdict.agreement())
                .setProbabilities(verdict.probabilities())
                .setVotes(votes)
                .setMissingVoters(verdict.missing())
                .setSpeechRatio(window.speechRatio())
                .setLevelDb(window.levelDb())
                .setModel(model)
                .setProducedAt(Instant.ofEpochMilli(producedAtMs))
                .build();
    }
}
