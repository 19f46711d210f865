package io.undertone.cli;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.EndReason;
import io.undertone.Judgement;
import io.undertone.LegTalk;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.Quarter;
import io.undertone.Role;
import io.undertone.Sentiment;
import io.undertone.Stretch;
import io.undertone.TalkStretch;
import io.undertone.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event and what comes of it, to print. */
final class Records {
    private static final Model MODEL = new Model("telephone", "1.0.0");

    private Records() {}

    static EmotionAlert alert() {
        return EmotionAlert.newBuilder()
                .setAlertId("call-1/CUSTOMER/angry/3")
                .setCallId("call-1")
                .setRole(Role.CUSTOMER)
                .setRule("angry")
                .setCondition("angry at >= 0.6 for 5 of 8 windows")
                .setMeasured(5)
                .setStartMs(59_000)
                .setEndMs(66_000)
                .setCapturedAt(Instant.ofEpochMilli(1_700_000_066_000L))
                .setWindows(List.of())
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(1_700_000_066_300L))
                .build();
    }

    /** Of the event, or of its whole leg. */
    static EmotionFeedback feedback(Judgement verdict, @Nullable String trueLabel, boolean whole) {
        return EmotionFeedback.newBuilder()
                .setFeedbackId(whole ? "call-1/CUSTOMER" : "call-1/CUSTOMER/3")
                .setCallId("call-1")
                .setRole(Role.CUSTOMER)
                .setIndex(whole ? null : Integer.valueOf(3))
                .setStartMs(whole ? null : Long.valueOf(63_000))
                .setEndMs(whole ? null : Long.valueOf(66_000))
                .setLabel("happy")
                .setVerdict(verdict)
                .setTrueLabel(trueLabel)
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(1_700_000_099_000L))
                .build();
    }

    static EmotionEvent event() {
        return EmotionEvent.newBuilder()
                .setEventId("call-1/CUSTOMER/3")
                .setCallId("call-1")
                .setRole(Role.CUSTOMER)
                .setIndex(3)
                .setStartMs(63_000)
                .setEndMs(66_000)
                .setCapturedAt(Instant.ofEpochMilli(1_700_000_066_000L))
                .setLabel("happy")
                .setConfidence(0.75)
                .setAgreement(4 / 6.0)
                .setProbabilities(Map.of("sad", 0.25, "happy", 0.75))
                .setVotes(List.of(
                        new Vote("cnn-1", "happy", 0.75),
                        new Vote("cnn-2", "happy", 0.75),
                        new Vote("cnn-3", "happy", 0.75),
                        new Vote("cnn-4", "happy", 0.75),
                        new Vote("cnn-5", "sad", 0.5),
                        new Vote("xgboost", "sad", 0.5)))
                .setSpeechRatio(0.5f)
                .setLevelDb(-20f)
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(1_700_000_066_100L))
                .build();
    }

    private static Quarter quarter(long startMs, Sentiment sentiment, double valence) {
        return new Quarter(startMs, startMs + 3_000, sentiment, valence, 0.5);
    }

    static CallConversation conversation() {
        return CallConversation.newBuilder()
                .setCallId("call-1")
                .setStartedAt(Instant.ofEpochMilli(1_790_000_000_000L))
                .setDurationMs(14_000)
                .setLegs(List.of(new LegTalk(
                        Role.CUSTOMER, 5_000L, 1.0, 4_000L, 0, -20.0, List.of(new TalkStretch(0L, 5_000L)))))
                .setSilences(1)
                .setSilenceMs(4_000)
                .setLongestSilenceMs(4_000)
                .setOverlaps(0)
                .setOverlapMs(0)
                .setLongestOverlapMs(0)
                .setMeanOverlapMs(0)
                .setEndReason(EndReason.LAST_CHUNK)
                .setProducedAt(Instant.ofEpochMilli(1_790_000_020_000L))
                .build();
    }

    static CallSummary summary() {
        return CallSummary.newBuilder()
                .setCallId("call-1")
                .setRole(Role.CUSTOMER)
                .setStartedAt(Instant.ofEpochMilli(1_700_000_000_000L))
                .setDurationMs(70_500)
                .setSpeechMs(31_250)
                .setWindows(4)
                .setSilentWindows(2)
                .setFailedWindows(0)
                .setShares(Map.of("happy", 0.75, "sad", 0.25, "angry", 0.0))
                .setStrongest(List.of(new Moment(3, 63_000L, 66_000L, "happy", 0.75)))
                .setGaps(0)
                .setGapMs(0)
                .setEndReason(EndReason.LAST_CHUNK)
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(1_700_000_071_000L))
                .setSentiment(Sentiment.POSITIVE)
                .setValence(0.45)
                .setArousal(0.6)
                .setSentiments(Map.of("POSITIVE", 0.75, "NEGATIVE", 0.25))
                .setQuarters(List.of(
                        quarter(0, Sentiment.POSITIVE, 0.81),
                        quarter(15_000, Sentiment.POSITIVE, 0.81),
                        quarter(30_000, Sentiment.NEGATIVE, -0.63),
                        quarter(63_000, Sentiment.POSITIVE, 0.45)))
                .setTrend(-0.36)
                .setWorst(new Stretch(30_000L, 42_000L, 3, Sentiment.NEGATIVE, -0.5))
                .build();
    }
}
