package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.DeadLetterReason;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.Encoding;
import io.undertone.EndReason;
import io.undertone.Judgement;
import io.undertone.LegEnd;
import io.undertone.LegTalk;
import io.undertone.MfccWindow;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.Quarter;
import io.undertone.Role;
import io.undertone.Sentiment;
import io.undertone.Stretch;
import io.undertone.TalkStretch;
import io.undertone.Vote;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import io.undertone.publish.DeadLetters;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.NullUnmarked;

/**
 * What the kept bytes of every release say. Nothing here is ever changed: what a later release can say besides is added, and a field
 * that it adds to a record has its default in the records that are here already. All of it is made up, and made of whole numbers,
 * so that it is the same on every machine.
 */
@NullUnmarked
final class KeptContent {
    static final long STARTED_MS = 1_790_000_000_000L;
    static final int RATE_HZ = 8_000;
    static final int CHUNK_MS = 200;

    /** Not all of it ASCII. */
    static final String CALL_ID = "rozmowa-żółw-7";

    static final LegId LEG = new LegId(CALL_ID, Role.CUSTOMER);
    static final String ALERT_RULES =
            "angry: angry at >= 0.6 for 3 of 5 windows; souring: mood fell by 0.4 over the call";

    private static final Model MODEL = new Model("telephone", "1.1.0");
    private static final int CALL_SECONDS = 6;

    private KeptContent() {}

    static List<AudioChunk> audioChunks() {
        byte[] audio = new byte[320];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (byte) (i * 7);
        }
        return List.of(
                AudioChunk.newBuilder()
                        .setCallId(CALL_ID)
                        .setRole(Role.CUSTOMER)
                        .setPosition(1_600)
                        .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + 200))
                        .setEncoding(Encoding.MULAW)
                        .setSampleRateHz(RATE_HZ)
                        .setAudio(ByteBuffer.wrap(audio))
                        .setLast(false)
                        .build(),
                AudioChunk.newBuilder()
                        .setCallId("2")
                        .setRole(Role.AGENT)
                        .setPosition(1L << 40)
                        .setCapturedAt(Instant.ofEpochMilli(STARTED_MS))
                        .setEncoding(Encoding.PCM_F32LE)
                        .setSampleRateHz(48_000)
                        .setAudio(ByteBuffer.wrap(new byte[0]))
                        .setLast(true)
                        .build());
    }

    static List<MfccWindow> mfccWindows() {
        byte[] coefficients = new byte[2 * 40 * 2];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = (byte) (i * 5 % 60);
        }
        MfccWindow window = MfccWindow.newBuilder()
                .setCallId(CALL_ID)
                .setRole(Role.CUSTOMER)
                .setIndex(4)
                .setStartMs(4_000)
                .setEndMs(7_000)
                .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + 7_000))
                .setFeatureSpec("0123456789abcdef")
                .setSpeechRatio(0.625f)
                .setLevelDb(-20.5f)
                .setRows(2)
                .setSpeechRows(ByteBuffer.wrap(new byte[] {2}))
                .setCoefficients(ByteBuffer.wrap(coefficients))
                .setEnd(null)
                .build();
        return List.of(
                window,
                MfccWindow.newBuilder(window)
                        .setIndex(5)
                        .setRows(0)
                        .setSpeechRows(ByteBuffer.wrap(new byte[0]))
                        .setCoefficients(ByteBuffer.wrap(new byte[0]))
                        .setEnd(LegEnd.newBuilder()
                                .setReason(EndReason.IDLE)
                                .setStartedAt(Instant.ofEpochMilli(STARTED_MS))
                                .setDurationMs(7_000)
                                .setSpeechMs(4_375)
                                .setWindows(3)
                                .setSilentWindows(2)
                                .setGaps(1)
                                .setGapMs(250)
                                .setDuplicateChunks(4)
                                .setLateChunks(6)
                                .build())
                        .build());
    }

    static List<EmotionEvent> emotionEvents() {
        return List.of(
                event(CALL_ID, 3, "angry"),
                EmotionEvent.newBuilder(event("2", 0, "calm"))
                        .setVotes(List.of(new Vote("cnn-1", "calm", 0.75)))
                        .setMissingVoters(List.of("cnn-2", "xgboost"))
                        .build());
    }

    /** Spoken within {@code [index; index + 3)} s. */
    static EmotionEvent event(String callId, int index, String label) {
        long endMs = 3_000 + 1_000L * index;
        return EmotionEvent.newBuilder()
                .setEventId(callId + "/CUSTOMER/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setIndex(index)
                .setStartMs(endMs - 3_000)
                .setEndMs(endMs)
                .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + endMs))
                .setLabel(label)
                .setConfidence(0.75)
                .setAgreement(1)
                .setProbabilities(Map.of(label, 0.75, "neutral", 0.25))
                .setVotes(List.of(new Vote("cnn-1", label, 0.75), new Vote("xgboost", label, 0.5)))
                .setSpeechRatio(0.875f)
                .setLevelDb(-20f)
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(STARTED_MS + endMs + 100))
                .build();
    }

    static List<CallSummary> callSummaries() {
        return List.of(CallSummary.newBuilder()
                .setCallId(CALL_ID)
                .setRole(Role.CUSTOMER)
                .setStartedAt(Instant.ofEpochMilli(STARTED_MS))
                .setDurationMs(70_500)
                .setSpeechMs(31_250)
                .setWindows(4)
                .setSilentWindows(2)
                .setFailedWindows(1)
                .setShares(Map.of("happy", 0.75, "sad", 0.25))
                .setStrongest(List.of(new Moment(3, 63_000L, 66_000L, "happy", 0.75)))
                .setGaps(3)
                .setGapMs(320)
                .setEndReason(EndReason.LAST_CHUNK)
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(STARTED_MS + 71_000))
                .build());
    }

    static List<EmotionAlert> emotionAlerts() {
        return List.of(EmotionAlert.newBuilder()
                .setAlertId(CALL_ID + "/CUSTOMER/angry/3")
                .setCallId(CALL_ID)
                .setRole(Role.CUSTOMER)
                .setRule("angry")
                .setCondition("angry at >= 0.6 for 3 of 5 windows")
                .setMeasured(3)
                .setStartMs(0)
                .setEndMs(6_000)
                .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + 6_000))
                .setWindows(List.of(
                        new Moment(0, 0L, 3_000L, "angry", 0.75), new Moment(3, 3_000L, 6_000L, "angry", 0.625)))
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(STARTED_MS + 6_100))
                .build());
    }

    /** What is known of a call. */
    static final CallAttributes KNOWN = new CallAttributes(Map.of("queue", "żółw", "agent", "a-17"));

    /** By topic: records whose fields all say something, those that came after the first release included. */
    static Map<String, SpecificRecord> wholeRecords() {
        Map<String, String> known = KNOWN.byName();
        Map<String, SpecificRecord> records = new LinkedHashMap<>();
        records.put(
                "audio-chunks",
                AudioChunk.newBuilder(audioChunks().get(0)).setAttributes(known).build());
        records.put(
                "mfcc-windows",
                MfccWindow.newBuilder(mfccWindows().get(1)).setAttributes(known).build());
        records.put(
                "emotion-events",
                EmotionEvent.newBuilder(event(CALL_ID, 3, "angry"))
                        .setSentiment(Sentiment.NEGATIVE)
                        .setValence(-0.5)
                        .setArousal(0.75)
                        .setAttributes(known)
                        .build());
        records.put(
                "call-summaries",
                CallSummary.newBuilder(callSummaries().get(0))
                        .setNotSpeechWindows(5)
                        .setRestarts(1)
                        .setContradictingChunks(2)
                        .setSentiment(Sentiment.POSITIVE)
                        .setValence(0.25)
                        .setArousal(0.5)
                        .setSentiments(Map.of("POSITIVE", 0.75, "NEGATIVE", 0.25))
                        .setQuarters(List.of(new Quarter(0L, 3_000L, Sentiment.NEUTRAL, 0.125, 0.375)))
                        .setTrend(-0.25)
                        .setWorst(new Stretch(1_000L, 21_000L, 12, Sentiment.NEGATIVE, -0.5))
                        .setAttributes(known)
                        .build());
        records.put(
                "emotion-alerts",
                EmotionAlert.newBuilder(emotionAlerts().get(0))
                        .setAttributes(known)
                        .build());
        records.put("call-conversations", conversation());
        records.put("emotion-feedback", feedback());
        return records;
    }

    private static CallConversation conversation() {
        return CallConversation.newBuilder()
                .setCallId(CALL_ID)
                .setStartedAt(Instant.ofEpochMilli(STARTED_MS))
                .setDurationMs(70_500)
                .setLegs(List.of(
                        new LegTalk(
                                Role.CUSTOMER, 4_000L, 0.5, 3_000L, 1, -20.5, List.of(new TalkStretch(500L, 4_500L))),
                        new LegTalk(Role.AGENT, 4_000L, 0.5, 4_000L, 0, null, List.of())))
                .setSilences(2)
                .setSilenceMs(9_000)
                .setLongestSilenceMs(6_000)
                .setOverlaps(1)
                .setOverlapMs(250)
                .setLongestOverlapMs(250)
                .setMeanOverlapMs(250)
                .setEndReason(EndReason.LAST_CHUNK)
                .setProducedAt(Instant.ofEpochMilli(STARTED_MS + 71_000))
                .setAttributes(KNOWN.byName())
                .build();
    }

    private static EmotionFeedback feedback() {
        return EmotionFeedback.newBuilder()
                .setFeedbackId(CALL_ID + "/CUSTOMER/3")
                .setCallId(CALL_ID)
                .setRole(Role.CUSTOMER)
                .setIndex(3)
                .setStartMs(3_000L)
                .setEndMs(6_000L)
                .setLabel("angry")
                .setProbabilities(Map.of("angry", 0.75, "neutral", 0.25))
                .setVerdict(Judgement.LABEL)
                .setTrueLabel("happy")
                .setModel(MODEL)
                .setProducedAt(Instant.ofEpochMilli(STARTED_MS + 80_000))
                .build();
    }

    /** The headers of a dead letter, by name. */
    static Map<String, String> deadLetterHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : DeadLetters.headers(
                DeadLetterReason.SPEC_MISMATCH, "made-up", "inference", "mfcc-windows", 2, 77, new byte[1])) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** A call of 6 s as the features stage gets it: syllables of a sawtooth over faint noise. */
    static List<AudioChunk> call(String callId) {
        float[] samples = new float[CALL_SECONDS * RATE_HZ];
        long noise = 1;
        for (int i = 0; i < samples.length; i++) {
            noise = (noise * 1_103_515_245 + 12_345) & 0x7fff_ffffL;
            int within = i % 4_000;
            int loudness = within < 2_560 ? Math.min(within, 2_560 - within) : 0;
            int sawtooth = 2 * (i % 64) - 63;
            samples[i] = (sawtooth * loudness / 8 + (noise >> 16) % 33 - 16) / 32_768f;
        }
        int size = RATE_HZ * CHUNK_MS / 1000;
        List<AudioChunk> chunks = new ArrayList<>();
        for (int from = 0; from < samples.length; from += size) {
            chunks.add(AudioChunk.newBuilder()
                    .setCallId(callId)
                    .setRole(Role.CUSTOMER)
                    .setPosition(from)
                    .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + from * 1000L / RATE_HZ))
                    .setEncoding(Encoding.MULAW)
                    .setSampleRateHz(RATE_HZ)
                    .setAudio(ByteBuffer.wrap(PcmEncoder.encode(SampleFormat.MULAW, samples, from, size)))
                    .setLast(from + size == samples.length)
                    .build());
        }
        return chunks;
    }

    /** A window as the inference stage gets it, of two rows. */
    static Window window(int index) {
        float[] coefficients = new float[2 * 40];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = ((index * 31 + i * 7) % 97 - 48) / 4f;
        }
        return new Window(
                index,
                index * 1_000L,
                index * 1_000L + 3_000,
                STARTED_MS + index * 1_000L + 3_000,
                0.75f,
                -20,
                2,
                coefficients);
    }
}
