package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.affect.AffectTable;
import io.undertone.features.FeatureSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code bundle.json}, field for field.
 *
 * @param created the day it was written, ISO 8601; the only difference between two writes of the same content
 * @param featureSpecFingerprint {@link FeatureSpec#fingerprint()} of {@code featureSpec}
 * @param persistence null, and not written, where windows are judged independently
 * @param voiceBaseline null, and not written, where verdicts are not corrected for the voice; part of {@link Persistence} in memory
 * @param priors null, and not written, where label shares are those of training
 * @param affect null in bundles of earlier releases: the default table
 * @param contrastWeights null, and not written, where a change of the voice does not shift probabilities
 * @param quantisation null, and not written, where networks are computed in floats only
 * @param preparations by name, since voters share them
 * @param networks by name, since voters share them
 */
record BundleManifest(
        int formatVersion,
        String name,
        String version,
        String created,
        List<String> labels,
        FeatureSpec featureSpec,
        String featureSpecFingerprint,
        Map<String, InputPreparation> preparations,
        Map<String, NetworkSpec> networks,
        List<VoterEntry> voters,
        FileEntry onnx,
        Calibration calibration,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Lasting persistence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable VoiceBaseline voiceBaseline,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Priors priors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AffectTable affect,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ContrastWeights contrastWeights,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Quantisation quantisation,
        String licence,
        ObjectNode provenance,
        ObjectNode scores) {
    static final int FORMAT_VERSION = 1;
    static final String FILE = "bundle.json";

    /** The kind of a voter. */
    enum Kind {
        @JsonProperty("network")
        NETWORK,
        @JsonProperty("xgboost")
        XGBOOST
    }

    /** One file of the bundle. */
    record FileEntry(String file, long bytes, String sha256) {}

    /** One voter; {@code network} names one of the manifest's networks and is null for trees. */
    record VoterEntry(String name, Kind kind, @Nullable String network, String preparation, FileEntry weights) {}

    /** A {@link Persistence} without the voice's baseline, which has a separate field, missing in earlier releases. */
    record Lasting(double dwellSeconds, double evidence, double temperature) {
        Lasting {
            new Persistence(dwellSeconds, evidence, temperature);
        }

        static Lasting of(Persistence persistence) {
            return new Lasting(persistence.dwellSeconds(), persistence.evidence(), persistence.temperature());
        }
    }

    /** How probabilities are calibrated. */
    record Calibration(double temperature) {}
}
