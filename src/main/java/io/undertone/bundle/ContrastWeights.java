package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.undertone.features.FeatureSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What a change of the caller's voice says of each label: with {@code c} the window's contrast ({@link io.undertone.features.CallerContrast}),
 * each voter's probability of a label is multiplied by {@code exp(weights . c)}, and all are normalised to a sum of 1. A leg's first window
 * has a contrast of zeros, so that its probabilities stay. Immutable.
 *
 * @param byLabel for each label, one weight for each number of the contrast
 */
public record ContrastWeights(Map<String, List<Double>> byLabel) {
    /** Probabilities stay as they are. */
    public static final ContrastWeights NONE = new ContrastWeights(Map.of());

    @JsonCreator
    public ContrastWeights {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        byLabel.forEach((label, weights) -> {
            copy.put(label, List.copyOf(weights));
            for (double weight : weights) {
                if (!Double.isFinite(weight)) {
                    throw new IllegalArgumentException("must be finite: contrastWeights." + label + "=" + weights);
                }
            }
        });
        byLabel = Collections.unmodifiableMap(copy);
    }

    /** The same, as JSON has it. */
    @Override
    @JsonValue
    public Map<String, List<Double>> byLabel() {
        return byLabel;
    }

    /** Whether probabilities stay as they are. */
    public boolean absent() {
        return byLabel.isEmpty();
    }

    /** {@code [labels][numbers of a contrast]}. */
    public double[][] matrix(List<String> labels) {
        return labels.stream()
                .map(label -> byLabel.getOrDefault(label, List.of()).stream()
                        .mapToDouble(weight -> weight)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** A human-readable phrase. */
    public String describe() {
        if (absent()) {
            return "not compared with its past";
        }
        StringJoiner all = new StringJoiner("; ");
        byLabel.forEach((label, weights) -> all.add(label + " "
                + weights.stream()
                        .map(weight -> String.format(Locale.ROOT, "%+.2f", weight))
                        .collect(Collectors.joining(" "))));
        return "compared with its past; weights of bands from low to high, then of pitch: " + all;
    }

    /**
     * Checks that these are weights of some labels for windows of a spec; {@link #NONE} fits any.
     *
     * @throws IllegalArgumentException where labels are missing, or a label has too many weights or too few
     */
    void requireFit(List<String> labels, FeatureSpec features) {
        if (absent()) {
            return;
        }
        if (byLabel.size() != labels.size() || !byLabel.keySet().containsAll(labels)) {
            throw new IllegalArgumentException("contrastWeights must name each label once: contrastWeights="
                    + byLabel.keySet() + ", labels=" + labels);
        }
        byLabel.forEach((label, weights) -> {
            if (weights.size() != features.contrastValues()) {
                throw new IllegalArgumentException("contrastWeights must have " + features.contrastValues()
                        + " weights for each label, as many as the feature spec's contrast has numbers: " + label + "="
                        + weights.size());
            }
        });
    }
}
