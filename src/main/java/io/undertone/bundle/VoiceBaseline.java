package io.undertone.bundle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How the vote allows for a voice that sounds like an emotion all along. Some voices are taken for angry or happy in whatever mood they are;
 * what tells a mood is that it differs from how the voice has sounded so far. Over a leg, the share of each label is compared with the share
 * that is to be expected of any caller, and later windows are corrected by the ratio. Immutable.
 *
 * @param windows as many windows of a caller as expected are reckoned with before the first one, above 0: how slowly a voice is got to know
 * @param weight power of the ratio, above 0 to 1
 * @param most by how much a label is corrected at most, 1 to 1,000
 * @param expected share of each label in the speech of any caller, above 0, brought to a sum of 1
 */
public record VoiceBaseline(double windows, double weight, double most, Map<String, Double> expected) {
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
        expected = Shares.of("voiceBaseline.expected", expected);
    }

    /**
     * Checks that these are the shares of some labels.
     *
     * @throws IllegalArgumentException where they are of others
     */
    void requireLabels(List<String> labels) {
        if (!Shares.nameEach(expected, labels)) {
            throw new IllegalArgumentException("voiceBaseline.expected must name each label once: expected="
                    + expected.keySet() + ", labels=" + labels);
        }
    }

    /** For people, as part of a sentence. */
    public String describe() {
        StringJoiner shares = new StringJoiner(", ");
        expected.forEach((label, share) -> shares.add(String.format(Locale.ROOT, "%s %.3f", label, share)));
        return String.format(
                Locale.ROOT,
                "corrected for how the voice has sounded so far (%.0f windows, power %.2f, at most %.0f-fold; expected: %s)",
                windows,
                weight,
                most,
                shares);
    }
}
