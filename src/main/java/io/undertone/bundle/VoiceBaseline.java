package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The vote's correction for voices that always sound like an emotion. Some voices are classified as angry or happy in any mood;
 * a change from how the voice has sounded so far is more telling. Over a leg, the share of each label is compared with the share
 * expected of any caller, and later windows are corrected by the ratio. Immutable.
 *
 * @param windows pseudo-count of windows with the expected shares, above 0: the higher, the slower the correction
 * @param weight exponent of the ratio, above 0 to 1
 * @param most largest correction factor of a label, 1 to 1,000
 * @param expected share of each label in the speech of any caller, above 0, normalised to a sum of 1
 * @param expectile above 0 and below 1: a label's share over the leg is this expectile (Newey and Powell 1987) of the logarithms of its
 *     probabilities, below 0.5 what the voice sounds like at rest, which an emotional stretch hardly moves; null, as in
 *     bundles of earlier releases: the mean of its probabilities
 */
public record VoiceBaseline(
        double windows,
        double weight,
        double most,
        Map<String, Double> expected,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double expectile) {
    private static final double MOST_WINDOWS = 10_000;
    private static final double MOST_CORRECTION = 1_000;

    public VoiceBaseline {
        if (!(windows > 0 && windows <= MOST_WINDOWS)) {
            throw new IllegalArgumentException("must be > 0 and at most 10000: voiceBaseline.windows=" + windows);
        }
        if (!(weight > 0 && weight <= 1)) {
            throw new IllegalArgumentException("must be > 0 and at most 1: voiceBaseline.weight=" + weight);
        }
        if (!(most >= 1 && most <= MOST_CORRECTION)) {
            throw new IllegalArgumentException("must be 1 to 1000: voiceBaseline.most=" + most);
        }
        if (expectile != null && !(expectile > 0 && expectile < 1)) {
            throw new IllegalArgumentException("must be > 0 and < 1: voiceBaseline.expectile=" + expectile);
        }
        expected = Shares.of("voiceBaseline.expected", expected);
    }

    /** Of the mean of probabilities. */
    public VoiceBaseline(double windows, double weight, double most, Map<String, Double> expected) {
        this(windows, weight, most, expected, null);
    }

    /** A copy with other expected shares. */
    public VoiceBaseline withExpected(Map<String, Double> others) {
        return new VoiceBaseline(windows, weight, most, others, expectile);
    }

    /**
     * Checks that these are the shares of some labels.
     *
     * @throws IllegalArgumentException where the labels differ
     */
    void requireLabels(List<String> labels) {
        if (!Shares.nameEach(expected, labels)) {
            throw new IllegalArgumentException("voiceBaseline.expected must name each label once: expected="
                    + expected.keySet() + ", labels=" + labels);
        }
    }

    /** A human-readable phrase. */
    public String describe() {
        StringJoiner shares = new StringJoiner(", ");
        expected.forEach((label, share) -> shares.add(String.format(Locale.ROOT, "%s %.3f", label, share)));
        return String.format(
                Locale.ROOT,
                "corrected for how the voice has sounded so far (%s%.0f windows, power %.2f, at most %.0f-fold; expected: %s)",
                expectile == null ? "" : String.format(Locale.ROOT, "expectile %.2f, ", expectile),
                windows,
                weight,
                most,
                shares);
    }
}
