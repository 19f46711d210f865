package io.undertone.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.features.FeatureSpec.LevelNormalisation;
import io.undertone.features.FeatureSpec.Pooling;
import java.util.List;

/** The feature specs of the shipped bundles, and specs as JSON (field names as in {@link FeatureSpec}). */
public final class FeatureSpecs {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final String VOICE = "voice";
    private static final String PITCH = "pitch";

    /** Parts that a spec may lack, which were added after the first release. */
    private static final List<String> LATER_PARTS = List.of(VOICE, PITCH, "contrast");

    private static final String GATE = "gate";
    private static final String LEAVES_OUT_LOST = "leavesOutLost";

    /** The speech gate for telephone audio. */
    public static final SpeechGateSpec TELEPHONE_GATE = new SpeechGateSpec(-72, 30, 0.35, 6, 35, 1, 3, 5);

    /** The pitch of voices over a telephone. */
    public static final PitchSpec TELEPHONE_PITCH = new PitchSpec(70, 400, 2_000, 0.05, 0.45);

    /** The detector of voices for telephone audio; {@code training/voice/RATIONALE.md} says how it was trained. */
    private static final VoiceSpec TELEPHONE_VOICE = new VoiceSpec(
            "telephone-4",
            "26da1a323d98b78c101dc7077c75a61e1da897c597258c6e61661375267bc28a",
            0.2,
            0.9,
            TELEPHONE_PITCH);

    /** How a caller's voice differs from what it was before: in four groups of ten bands, and in pitch. */
    public static final ContrastSpec TELEPHONE_CONTRAST = new ContrastSpec(4, 6, TELEPHONE_PITCH, 1.0 / 3, 3, 1);

    private FeatureSpecs() {}

    /** librosa's defaults at 22,050 Hz: frames of 93 ms every 23 ms, 128 bands, one row, the mean over all frames of 3 s. */
    public static FeatureSpec reference() {
        return new FeatureSpec(
                22_050,
                2_048,
                512,
                2_048,
                128,
                0,
                11_025,
                -100,
                40,
                3_000,
                1_000,
                Pooling.MEAN,
                0,
                0,
                LevelNormalisation.NONE,
                TELEPHONE_GATE);
    }

    /** For 8 kHz narrowband: frames of 32 ms every 20 ms, 40 bands of 250-3,500 Hz, a row for each kept frame, energies below the noise floor lifted to it. */
    public static FeatureSpec telephone() {
        return new FeatureSpec(
                8_000,
                256,
                160,
                256,
                40,
                250,
                3_500,
                -100,
                40,
                3_000,
                1_000,
                Pooling.FRAMES,
                0.15,
                5,
                LevelNormalisation.NONE,
                TELEPHONE_GATE);
    }

    /** As {@link #telephone()}, but lost frames are ignored and sound without a voice gives no window. */
    public static FeatureSpec telephoneVoice() {
        return telephone().with(TELEPHONE_GATE.leavingOutLost(), TELEPHONE_VOICE);
    }

    /**
     * The same spec with the newest detector of voices, including its threshold.
     *
     * @throws IllegalArgumentException if the spec has no detector of voices
     */
    public static FeatureSpec withNewestVoice(FeatureSpec spec) {
        if (spec.voice() == null) {
            throw new IllegalArgumentException("must tell voices from music, tones and noise already: voice=null");
        }
        return spec.with(spec.gate(), TELEPHONE_VOICE);
    }

    /** A spec as a JSON object; fields added after the first release are present only if set. */
    public static ObjectNode toJson(FeatureSpec spec) {
        ObjectNode json = JSON.valueToTree(spec);
        LATER_PARTS.stream().filter(part -> json.path(part).isNull()).forEach(json::remove);
        if (!spec.gate().leavesOutLost()) {
            ((ObjectNode) json.path(GATE)).remove(LEAVES_OUT_LOST);
        }
        if (json.path(VOICE) instanceof ObjectNode voice && voice.path(PITCH).isNull()) {
            voice.remove(PITCH);
        }
        return json;
    }

    /**
     * The spec of a JSON object.
     *
     * @throws IllegalArgumentException if a field is missing, unknown or out of range
     */
    public static FeatureSpec fromJson(JsonNode json) {
        try {
            return JSON.treeToValue(withLaterFields(json), FeatureSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("feature spec: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode withLaterFields(JsonNode json) {
        JsonNode all = json.deepCopy();
        if (all instanceof ObjectNode spec) {
            LATER_PARTS.stream().filter(part -> !spec.has(part)).forEach(spec::putNull);
        }
        if (all.path(GATE) instanceof ObjectNode gate && !gate.has(LEAVES_OUT_LOST)) {
            gate.put(LEAVES_OUT_LOST, false);
        }
        if (all.path(VOICE) instanceof ObjectNode voice && !voice.has(PITCH)) {
            voice.putNull(PITCH);
        }
        return all;
    }
}
