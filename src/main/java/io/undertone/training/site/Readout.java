package io.undertone.training.site;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.VoiceBaseline;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a bundle reads what its voters say: all of it that can be fitted without training. Immutable.
 *
 * @param temperature of the confidences of windows judged by themselves
 * @param persistence how windows before are used; its temperature is that of verdicts within a call
 * @param priors how common labels were in training, and how common they are taken to be
 */
public record Readout(double temperature, Persistence persistence, Priors priors) {
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    /** That of a bundle. */
    public static Readout of(BundleContent content) {
        return new Readout(content.temperature(), content.persistence(), content.priors());
    }

    /** The same but for the two temperatures, brought into the bounds that a bundle may have. */
    Readout withTemperatures(double alone, double inCall) {
        return new Readout(within(alone), persistence.withTemperature(within(inCall)), priors);
    }

    /**
     * The same, labels being taken to be otherwise common. What is expected of any voice ({@link VoiceBaseline}) follows by the square root of
     * the change, since it lies halfway between these shares and those of calls.
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
                        share * Math.sqrt(LabelShares.of(other.read(), label) / LabelShares.of(priors.read(), label))));
        VoiceBaseline moved = new VoiceBaseline(voices.windows(), voices.weight(), voices.most(), expected);
        return new Readout(temperature, persistence.withVoiceBaseline(moved), other);
    }

    /** The temperature of most verdicts of a call. */
    double inCall() {
        return persistence.usesEarlierWindows() ? persistence.temperature() : temperature;
    }

    private static double within(double value) {
        return Math.min(MOST, Math.max(LEAST, value));
    }
}
