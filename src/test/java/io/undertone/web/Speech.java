package io.undertone.web;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EndReason;
import io.undertone.LegTalk;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.Role;
import io.undertone.TalkStretch;
import io.undertone.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes events and summaries of legs that nobody spoke: 3 s windows every 1 s. */
final class Speech {
    static final List<String> LABELS =
            List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
    private static final Model MODEL = new Model("telephone", "1.0.0");

    private Speech() {}

    /** A window of a leg that began at a time, labelled by five of six voters. */
    static EmotionEvent event(String callId, long legStartedAtMs, int index, String label) {
        return event(callId, legStartedAtMs, index, label, new Random(index), 3_000);
    }

    /** The same event of a call of which this is known. */
    static EmotionEvent known(EmotionEvent event, Map<String, String> attributes) {
        return EmotionEvent.newBuilder(event).setAttributes(attributes).build();
    }

    static EmotionEvent event(
            String callId, long legStartedAtMs, int index, String label, Random random, int windowMs) {
        Map<String, Double> probabilities = new TreeMap<>();
        double rest = 0;
        for (String each : LABELS) {
            double weight = each.equals(label) ? 4 + 8 * random.nextDouble() : random.nextDouble();
            probabilities.put(each, weight);
            rest += weight;
        }
        double sum = rest;
        probabilities.replaceAll((key, weight) -> weight / sum);
        int against = random.nextInt(3);
        List<Vote> votes = new ArrayList<>();
        for (int voter = 0; voter < 6; voter++) {
            String vote = voter < against ? LABELS.get(random.nextInt(LABELS.size())) : label;
            votes.add(new Vote(voter < 5 ? "cnn-" + (voter + 1) : "xgboost", vote, 0.4 + 0.6 * random.nextDouble()));
        }
        long agreeing =
                votes.stream().filter(vote -> vote.getLabel().equals(label)).count();
        long endMs = windowMs + 1_000L * index;
        return EmotionEvent.newBuilder()
                .setEventId(callId + "/CUSTOMER/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setIndex(index)
                .setStartMs(endMs - windowMs)
                .setEndMs(endMs)
                .setCapturedAt(Instant.ofEpochMilli(legStartedAtMs + endMs))
                .setLabel(label)
                .setConfidence(probabilities.getOrDefault(label, 0.5))
                .setAgreement(agreeing / 6.0)
                .setProbabilities(probabilities)
                .setVotes(votes)
                .setSpeechRatio(0.4f + 0.6f * random.nextFloat())
                .setLevelDb(-34 + 16 * random.nextFloat())
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(legStartedAtMs + endMs + 200))
                .build();
    }

    /** An alert of a leg that began at a time, caused by the window of an index. */
    static EmotionAlert alert(String callId, long legStartedAtMs, int index) {
        long endMs = 3_000 + 1_000L * index;
        return EmotionAlert.newBuilder()
                .setAlertId(callId + "/CUSTOMER/angry/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setRule("angry")
                .setCondition("angry at >= 0.6 for 5 of 8 windows")
                .setMeasured(5)
                .setStartMs(endMs - 3_000)
                .setEndMs(endMs)
                .setCapturedAt(Instant.ofEpochMilli(legStartedAtMs + endMs))
                .setWindows(List.of(new Moment(index, endMs - 3_000, endMs, "angry", 0.9)))
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(legStartedAtMs + endMs + 300))
                .build();
    }

    /** A call of 30 s: the customer talks in [0; 12) s, the agent in [11; 19) s, for a second both, then nobody for 10 s. */
    static CallConversation conversation(String callId, long startedAtMs) {
        return CallConversation.newBuilder()
                .setCallId(callId)
                .setStartedAt(Instant.ofEpochMilli(startedAtMs))
                .setDurationMs(30_000)
                .setLegs(List.of(
                        new LegTalk(
                                Role.CUSTOMER, 12_000L, 0.6, 12_000L, 0, -20.0, List.of(new TalkStretch(0L, 12_000L))),
                        new LegTalk(
                                Role.AGENT, 8_000L, 0.4, 8_000L, 1, -22.0, List.of(new TalkStretch(11_000L, 19_000L)))))
                .setSilences(1)
                .setSilenceMs(10_000)
                .setLongestSilenceMs(10_000)
                .setOverlaps(1)
                .setOverlapMs(1_000)
                .setLongestOverlapMs(1_000)
                .setMeanOverlapMs(1_000)
                .setEndReason(EndReason.LAST_CHUNK)
                .setProducedAt(Instant.ofEpochMilli(startedAtMs + 36_000))
                .build();
    }

    /** The summary of a leg that has ended, half of it calm. */
    static CallSummary summary(String callId, long legStartedAtMs, long durationMs) {
        return CallSummary.newBuilder()
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setStartedAt(Instant.ofEpochMilli(legStartedAtMs))
                .setDurationMs(durationMs)
                .setSpeechMs(durationMs / 2)
                .setWindows((int) (durationMs / 1_000))
                .setSilentWindows(4)
                .setFailedWindows(0)
                .setShares(Map.of("calm", 0.5, "angry", 0.375, "neutral", 0.125))
                .setStrongest(List.of(
                        new Moment(2, 2_000L, 5_000L, "angry", 0.91), new Moment(7, 7_000L, 10_000L, "calm", 0.82)))
                .setGaps(0)
                .setGapMs(0)
                .setEndReason(EndReason.LAST_CHUNK)
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(legStartedAtMs + durationMs + 300))
                .build();
    }
}
