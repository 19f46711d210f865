package io.undertone.training.score;

import io.undertone.bundle.Priors;
import io.undertone.bundle.VoiceBaseline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The correction of bundles for voices that always sound like an emotion. What was tried: docs/measurements/2026-11-28-voice-baseline.md.
 */
public final class VoiceBaselines {
    private static final double WINDOWS = 5;
    private static final double WEIGHT = 0.75;
    private static final double MOST = 3;

    private VoiceBaselines() {}

    /**
     * For a bundle with these priors: the expected shares of any caller are the geometric mean of the priors of single windows and the
     * shares in calls.
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
                .forEach((label, share) ->
                        expected.put(label, Math.sqrt(share * PriorFit.CALLS.getOrDefault(label, share))));
        return new VoiceBaseline(WINDOWS, WEIGHT, MOST, expected);
    }
}
