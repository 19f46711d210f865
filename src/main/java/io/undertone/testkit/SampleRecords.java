package io.undertone.testkit;

import io.undertone.AudioChunk;
import io.undertone.EmotionEvent;
import io.undertone.Encoding;
import io.undertone.MfccWindow;
import io.undertone.Model;
import io.undertone.Role;
import io.undertone.Vote;
import io.undertone.affect.Affect;
import io.undertone.affect.AffectTable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Valid records of a made-up call whose customer speaks from {@link #STARTED_AT} on, in mu-law at 8 kHz. Builders make others of them:
 * {@code EmotionEvent.newBuilder(SampleRecords.event("call-1", 4, "angry")).setSpeechRatio(0.5f).build()}. The same arguments give
 * equal records.
 */
public final class SampleRecords {
    /** When the leg's first sample was spoken. */
    public static final Instant STARTED_AT = Instant.parse("2026-11-02T09:00:00Z");

    private static final int RATE_HZ = 8_000;
    private static final int CHUNK_MS = 200;
    private static final int WINDOW_MS = 3_000;
    private static final int HOP_MS = 1_000;
    private static final int COEFFICIENTS = 40;
    /** Digital silence in mu-law. */
    private static final byte SILENCE = (byte) 0xff;

    private static final double CONFIDENCE = 0.75;
    private static final List<String> LABELS =
            List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");
    private static final List<String> VOTERS = List.of("cnn-1", "cnn-2", "cnn-3", "cnn-4", "cnn-5", "xgboost");

    private SampleRecords() {}

    /**
     * A chunk of 200 ms of silence: number 3 is the leg's [600; 800) ms, samples [4800; 6400).
     *
     * @param number of the chunk within its leg, from 0
     * @param last whether it ends the leg
     */
    public static AudioChunk chunk(String callId, int number, boolean last) {
        byte[] audio = new byte[RATE_HZ * CHUNK_MS / 1_000];
        Arrays.fill(audio, SILENCE);
        return AudioChunk.newBuilder()
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setPosition((long) number * audio.length)
                .setCapturedAt(STARTED_AT.plusMillis((long) number * CHUNK_MS))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(RATE_HZ)
                .setAudio(ByteBuffer.wrap(audio))
                .setLast(last)
                .build();
    }

    /**
     * A window of one row of zeros: number 4 is the leg's [4000; 7000) ms. Its feature spec is that of no bundle.
     *
     * @param index number of the window within its leg, from 0
     */
    public static MfccWindow window(String callId, int index) {
        return MfccWindow.newBuilder()
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setIndex(index)
                .setStartMs(startMs(index))
                .setEndMs(startMs(index) + WINDOW_MS)
                .setCapturedAt(endOf(index))
                .setFeatureSpec("0000000000000000")
                .setSpeechRatio(1)
                .setLevelDb(-20)
                .setRows(1)
                .setSpeechRows(ByteBuffer.wrap(new byte[] {1}))
                .setCoefficients(ByteBuffer.wrap(new byte[COEFFICIENTS * Float.BYTES]))
                .setEnd(null)
                .build();
    }

    /**
     * An event with the label's probability at 0.75 and all six voters for it: number 4 is the leg's [4000; 7000) ms.
     *
     * @param index number of the window within its leg, from 0
     * @param label such as angry; one of the bundle's
     */
    public static EmotionEvent event(String callId, int index, String label) {
        Affect affect = AffectTable.DEFAULT.of(probabilities(label));
        return EmotionEvent.newBuilder()
                .setEventId(callId + "/" + Role.CUSTOMER + "/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setIndex(index)
                .setStartMs(startMs(index))
                .setEndMs(startMs(index) + WINDOW_MS)
                .setCapturedAt(endOf(index))
                .setLabel(label)
                .setConfidence(CONFIDENCE)
                .setAgreement(1)
                .setProbabilities(probabilities(label))
                .setVotes(VOTERS.stream()
                        .map(voter -> new Vote(voter, label, CONFIDENCE))
                        .toList())
                .setMissingVoters(List.of())
                .setSpeechRatio(1)
                .setLevelDb(-20)
                .setModel(new Model("telephone", "1.0.0"))
                .setProducedAt(endOf(index).plusMillis(CHUNK_MS))
                .setSentiment(affect.sentiment())
                .setValence(affect.valence())
                .setArousal(affect.arousal())
                .build();
    }

    private static Map<String, Double> probabilities(String label) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        List<String> others =
                LABELS.stream().filter(other -> !other.equals(label)).toList();
        probabilities.put(label, CONFIDENCE);
        others.forEach(other -> probabilities.put(other, (1 - CONFIDENCE) / others.size()));
        return probabilities;
    }

    private static long startMs(int index) {
        return (long) index * HOP_MS;
    }

    private static Instant endOf(int index) {
        return STARTED_AT.plusMillis(startMs(index) + WINDOW_MS);
    }
}
