package io.undertone.training.score;

import io.undertone.bundle.Priors;
import io.undertone.bundle.VoiceBaseline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The correction of bundles for voices that always sound like an emotion. What was tried: docs/measurements/2026-11-28-voice-baseline.md
 * and 2026-11-29-vote.md.
 */
public final class VoiceBaselines {
    /** How far the expected shares are moved from those of single windows, 0, to those of calls, 1. */
    private static final double TOWARDS_CALLS = 0.6;

    private static final double WINDOWS = 4;
    private static final double WEIGHT = 0.75;
    private static final double MOST = 2;
    /** Windows in which a label is likelier than before count a third of the others. */
    private static final double EXPECTILE = 0.25;

    private VoiceBaselines() {}

    /**
     * For a bundle with these priors: the expected shares of any caller are a geometric mean of the priors of single windows and the
     * shares in calls, of weight {@value #TOWARDS_CALLS}.
     *
     * @return null if the bundle has none
     */
    public static @Nullable VoiceBaseline of(Priors priors) {
        if (priors.absent()
                || !PriorFit.CALLS.keySet().containsAll(priors.read().keySet())) {
            return null;
        }
        Map<String, Double> expected = new LinkedHashMap<>();
        priors.read()
                .forEach((label, share) -> expected.put(
                        label, share * Math.pow(PriorFit.CALLS.getOrDefault(label, share) / share, TOWARDS_CALLS)));
        return new VoiceBaseline(WINDOWS, WEIGHT, MOST, expected, EXPECTILE);
    }

    /** By what factor the expected share of a label changes where its prior changes by {@code ratio}. */
    public static double factor(double ratio) {
        return Math.pow(ratio, 1 - TOWARDS_CALLS);
    }
}
