package io.undertone.vote;

import io.undertone.bundle.VoiceBaseline;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Corrects voters' probabilities for the leg's voice so far ({@link VoiceBaseline}): each probability is multiplied by
 *
 * <p>{@code (expected(l) / m(l))^weight}, within {@code 1 / most} and {@code most}, where {@code m(l) = (k expected(l) + n observed(l)) / (k + n)}
 *
 * <p>{@code observed} being the mean probability of each label over the leg's {@code n} windows so far (the voters' own, before this correction), {@code k} the baseline's {@code windows}. It is the inverse of the correction for label shares of Saerens, Latinne and Decaestecker (2002): there the observed shares are believed, here an excess over the expected ones is attributed to the voice. For two labels expected at [0.9, 0.1], with k 10, weight 1 and 10 windows with means [0.5, 0.5], m is [0.7, 0.3], and the odds of the second are divided by 3.86. Immutable,
 * thread-safe.
 */
final class VoiceShift {
    private final @Nullable VoiceBaseline baseline;
    private final double[] expected;

    private VoiceShift(@Nullable VoiceBaseline baseline, double[] expected) {
        this.baseline = baseline;
        this.expected = expected;
    }

    /** The correction by a baseline; none if it is null. */
    static VoiceShift of(@Nullable VoiceBaseline baseline, List<String> labels) {
        double[] expected = new double[baseline == null ? 0 : labels.size()];
        for (int label = 0; label < expected.length; label++) {
            expected[label] = Objects.requireNonNull(
                    Objects.requireNonNull(baseline).expected().get(labels.get(label)), labels.get(label));
        }
        return new VoiceShift(baseline, expected);
    }

    /** Whether there is a baseline to correct by. */
    boolean isOn() {
        return baseline != null;
    }

    /** The corrected opinion. */
    Opinion apply(Opinion opinion, Voice voice) {
        if (baseline == null || voice.windows() == 0) {
            return opinion;
        }
        double known = baseline.windows() + voice.windows();
        double[] factors = new double[expected.length];
        for (int label = 0; label < factors.length; label++) {
            double share = (baseline.windows() * expected[label] + voice.windows() * voice.share(label)) / known;
            double factor = Math.pow(expected[label] / share, baseline.weight());
            factors[label] = Math.min(baseline.most(), Math.max(1 / baseline.most(), factor));
        }
        return opinion.weighed(factors);
    }
}
