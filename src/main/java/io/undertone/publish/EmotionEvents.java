package io.undertone.publish;

import io.undertone.EmotionEvent;
import io.undertone.Model;
import io.undertone.Sentiment;
import io.undertone.Vote;
import io.undertone.affect.Affect;
import io.undertone.affect.AffectTable;
import io.undertone.ingest.CallAttributes;
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

    /** The record of a verdict without call attributes. */
    public static EmotionEvent of(
            LegId leg, Window window, Verdict verdict, AffectTable table, Model model, long producedAtMs) {
        return of(leg, CallAttributes.NONE, window, verdict, table, model, producedAtMs);
    }

    /**
     * The record of a verdict.
     *
     * @param attributes what is known of the call
     * @param table where the bundle has its labels between good and bad, calm and excited
     * @param model the bundle that voted
     * @param producedAtMs when, epoch ms
     */
    public static EmotionEvent of(
            LegId leg,
            CallAttributes attributes,
            Window window,
            Verdict verdict,
            AffectTable table,
            Model model,
            long producedAtMs) {
        Affect affect = table.of(verdict.probabilities());
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
                .setSentiment(affect.sentiment())
                .setValence(affect.valence())
                .setArousal(affect.arousal())
                .setAttributes(attributes.byName())
                .build();
    }

    /** How an event's voice sounds: what it says, or, of versions that did not, what the default table makes of its probabilities. */
    public static Affect affect(EmotionEvent event) {
        Sentiment sentiment = event.getSentiment();
        Double valence = event.getValence();
        Double arousal = event.getArousal();
        return sentiment == null || sentiment == Sentiment.UNKNOWN || valence == null || arousal == null
                ? AffectTable.DEFAULT.of(event.getProbabilities())
                : new Affect(sentiment, valence, arousal);
    }
}
