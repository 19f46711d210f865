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
 * <p>{@code observed} being the mean probability of each label over the leg's {@code n} windows so far (the voters' own, before this correction), {@code k} the baseline's {@code windows}. It is the inverse of the correction for label shares of Saerens, Latinne and Decaestecker (2002): there the observed shares are believed, here an excess over the expected ones is attributed to the voice. Where the baseline has an {@code expectile}, {@code observed} is that expectile of the logarithms of those mean probabilities, and {@code m} the geometric mean of both, {@code log m(l) = (k log expected(l) + n observed(l)) / (k + n)}. For two labels expected at [0.9, 0.1], with k 10, weight 1 and 10 windows with means [0.5, 0.5], m is [0.7, 0.3], and the odds of the second are divided by 3.86. Immutable,
 * thread-safe.
 */
final class VoiceShift {
    /** The value used in place of a lower probability, so that a single window cannot make a label's logarithm its expectile. */
    private static final double LEAST = 1e-3;

    private static final double MEAN = 0.5;

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

    /**
     * Identifies labels and what is kept of a voice: beliefs of another vote cannot be continued. With the mean of probabilities, as in
     * earlier releases, the hash of the labels alone.
     */
    int key(List<String> labels) {
        Double expectile = baseline == null ? null : baseline.expectile();
        return expectile == null ? labels.hashCode() : 31 * labels.hashCode() + expectile.hashCode();
    }

    /** The voice after one more window; unchanged without a baseline. */
    Voice heard(Voice before, Opinion opinion) {
        if (baseline == null) {
            return before;
        }
        Double expectile = baseline.expectile();
        double[] values = new double[expected.length];
        for (int label = 0; label < values.length; label++) {
            double mean = opinion.mean(label);
            values[label] = expectile == null ? mean : Math.log(Math.max(LEAST, mean));
        }
        return before.and(values, expectile == null ? MEAN : expectile);
    }

    /** The corrected opinion. */
    Opinion apply(Opinion opinion, Voice voice) {
        if (baseline == null || voice.windows() == 0) {
            return opinion;
        }
        double[] factors = new double[expected.length];
        for (int label = 0; label < factors.length; label++) {
            double share = baseline.expectile() == null
                    ? between(expected[label], voice.share(label), baseline.windows(), voice.windows())
                    : Math.exp(between(
                            Math.log(expected[label]), voice.share(label), baseline.windows(), voice.windows()));
            double factor = Math.pow(expected[label] / share, baseline.weight());
            factors[label] = Math.min(baseline.most(), Math.max(1 / baseline.most(), factor));
        }
        return opinion.weighed(factors);
    }

    private static double between(double expected, double observed, double doubt, double heard) {
        return (doubt * expected + heard * observed) / (doubt + heard);
    }
}
