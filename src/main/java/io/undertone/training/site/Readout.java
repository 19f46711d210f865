package io.undertone.training.site;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.VoiceBaseline;
import io.undertone.training.score.VoiceBaselines;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters that turn voters' opinions into verdicts, all of which can be fitted without training. Immutable.
 *
 * @param temperature of windows judged independently
 * @param persistence how earlier windows are used; its temperature is that of verdicts within a call
 * @param priors shares of labels in training, and the shares assumed in use
 */
public record Readout(double temperature, Persistence persistence, Priors priors) {
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    /** The readout of a bundle. */
    public static Readout of(BundleContent content) {
        return new Readout(content.temperature(), content.persistence(), content.priors());
    }

    /** The same with other temperatures, limited to the range allowed in a bundle. */
    Readout withTemperatures(double alone, double inCall) {
        return new Readout(within(alone), persistence.withTemperature(within(inCall)), priors);
    }

    /**
     * The same with other assumed shares of labels. The expected shares of any voice ({@link VoiceBaseline}) change by a root of that,
     * since they are a geometric mean of these shares and those of calls ({@link VoiceBaselines}).
     */
    Readout withShares(Map<String, Double> read) {
        Priors other = priors.readWith(read);
        VoiceBaseline voices = persistence.voiceBaseline();
        if (voices == null) {
            return new Readout(temperature, persistence, other);
        }
        Map<String, Double> expected = new LinkedHashMap<>();
        voices.expected()
                .forEach((label, share) -> expected.put(
                        label,
                        share
                                * VoiceBaselines.factor(
                                        LabelShares.of(other.read(), label) / LabelShares.of(priors.read(), label))));
        return new Readout(temperature, persistence.withVoiceBaseline(voices.withExpected(expected)), other);
    }

    /** The temperature that applies to most verdicts of a call. */
    double inCall() {
        return persistence.usesEarlierWindows() ? persistence.temperature() : temperature;
    }

    private static double within(double value) {
        return Math.min(MOST, Math.max(LEAST, value));
    }
}
