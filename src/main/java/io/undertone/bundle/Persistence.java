package io.undertone.bundle;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long emotions persist, for the vote. A caller who was angry a second ago is likely to be angry still, so earlier windows of a leg
 * influence the verdict, less the older they are.
 *
 * @param dwellSeconds time in which the influence of earlier windows decays to {@code 1/e}, seconds, 0 to 3,600; 0: each window is judged
 *     independently
 * @param evidence exponent of a window's probabilities, above 0 to 1: less than 1, since overlapping
 *     windows share audio and are not independent
 * @param temperature of the confidences of verdicts that use earlier windows, 0.05 to 20; the bundle's own is for
 *     windows judged independently
 * @param voiceBaseline correction for voices that always sound like an emotion; null: none
 */
public record Persistence(
        double dwellSeconds,
        double evidence,
        double temperature,
        @Nullable VoiceBaseline voiceBaseline) {
    /** Windows are judged independently. */
    public static final Persistence NONE = new Persistence(0, 1, 1);

    private static final double MOST_SECONDS = 3_600;

    public Persistence {
        if (!(dwellSeconds >= 0 && dwellSeconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException("must be 0 to 3600: persistence.dwellSeconds=" + dwellSeconds);
        }
        if (!(evidence > 0 && evidence <= 1)) {
            throw new IllegalArgumentException("must be > 0 and at most 1: persistence.evidence=" + evidence);
        }
        TemperatureRule.require("persistence.temperature", temperature);
        if (voiceBaseline != null && dwellSeconds == 0) {
            throw new IllegalArgumentException(
                    "must be > 0 where voiceBaseline is given, which is of windows before: persistence.dwellSeconds=0");
        }
    }

    /** Without a correction for the voice. */
    public Persistence(double dwellSeconds, double evidence, double temperature) {
        this(dwellSeconds, evidence, temperature, null);
    }

    /** A copy with a correction for voices that always sound like an emotion. */
    public Persistence withVoiceBaseline(@Nullable VoiceBaseline other) {
        return new Persistence(dwellSeconds, evidence, temperature, other);
    }

    /** A copy with another temperature. */
    public Persistence withTemperature(double other) {
        return new Persistence(dwellSeconds, evidence, other, voiceBaseline);
    }

    /** A human-readable phrase. */
    public String describe() {
        if (!usesEarlierWindows()) {
            return "each window is judged by itself";
        }
        String lasting = String.format(
                Locale.ROOT,
                "what was heard counts 1/e after %.1f s, evidence %.2f, temperature %.3f",
                dwellSeconds,
                evidence,
                temperature);
        return voiceBaseline == null ? lasting : lasting + "; " + voiceBaseline.describe();
    }

    /** Whether earlier windows influence verdicts. */
    public boolean usesEarlierWindows() {
        return dwellSeconds > 0;
    }
}
