package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.VoiceBaseline;
import io.undertone.training.score.TemperatureFit;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fits the persistence of emotions: searches a grid of dwell times and weights for the highest unweighted average recall over staged calls,
 * with equal weight for episodes of 2, 4, 8 and 16 utterances. Calls whose emotion changes with every utterance are not used, since real
 * callers do not behave so; acted corpora do not tell how long a caller's mood lasts, so this mix is an assumption. Then fits the
 * temperature with the lowest loss, in mixed calls if there are any, else in the same ones.
 */
public final class PersistenceFit {
    private static final double[] DWELL_SECONDS = {1, 2, 3, 4, 5, 6, 8, 12, 20};
    private static final double[] EVIDENCE = {0.33, 0.5, 0.75, 1};
    private static final int SHORTEST_EPISODE = 2;

    private PersistenceFit() {}

    /**
     * The best persistence for calls of held-out speakers; {@link Persistence#NONE} if none improves on it.
     *
     * @param temperature of windows judged independently
     * @param voices the correction for individual voices wherever earlier windows are used; null: none
     */
    public static Persistence fit(
            StagedOpinions heldOut, List<String> labels, double temperature, @Nullable VoiceBaseline voices) {
        Persistence best = Persistence.NONE;
        double most = recall(heldOut, labels, best);
        for (double dwell : DWELL_SECONDS) {
            for (double evidence : EVIDENCE) {
                Persistence candidate = new Persistence(dwell, evidence, 1, voices);
                double recall = recall(heldOut, labels, candidate);
                if (recall > most) {
                    most = recall;
                    best = candidate;
                }
            }
        }
        return best.usesEarlierWindows() ? calibrated(best, heldOut, labels, temperature) : best;
    }

    private static double recall(StagedOpinions heldOut, List<String> labels, Persistence persistence) {
        return overEpisodes(episode ->
                heldOut.judge(episode, labels, persistence, 1).confusion().uar());
    }

    private static Persistence calibrated(
            Persistence persistence, StagedOpinions heldOut, List<String> labels, double temperature) {
        if (heldOut.has(StagedCall.MIXED)) {
            return persistence.withTemperature(TemperatureFit.fit(inContext ->
                    heldOut.surprise(StagedCall.MIXED, labels, persistence.withTemperature(inContext), temperature)));
        }
        return persistence.withTemperature(TemperatureFit.fit(inContext -> overEpisodes(
                episode -> heldOut.surprise(episode, labels, persistence.withTemperature(inContext), temperature))));
    }

    private static double overEpisodes(IntToDoubleFunction figure) {
        return StagedCall.EPISODES.stream()
                .mapToInt(episode -> episode)
                .filter(episode -> episode >= SHORTEST_EPISODE)
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .average()
                .orElse(0);
    }
}
