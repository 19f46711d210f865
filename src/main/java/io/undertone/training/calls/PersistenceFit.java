package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.VoiceBaseline;
import io.undertone.training.score.TemperatureFit;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds how long emotions should be taken to last: of some dwell times and weights the one with the highest unweighted average recall over
 * staged calls, those with episodes of 2, 4, 8 and 16 utterances counting the same. Calls in which the emotion changes with every utterance
 * have no say: no caller is like that, and corpora that hold such do not tell how long a caller's mood lasts, so this mix is an
 * assumption. Then the temperature by which what should be said is least surprising, in
 * mixed calls where there are any, else in the same ones.
 */
public final class PersistenceFit {
    private static final double[] DWELL_SECONDS = {1, 2, 3, 4, 5, 6, 8, 12, 20};
    private static final double[] EVIDENCE = {0.33, 0.5, 0.75, 1};
    private static final int SHORTEST_EPISODE = 2;

    private PersistenceFit() {}

    /**
     * The best for calls of speakers that the voters were not fitted to; {@link Persistence#NONE} where nothing is better than that.
     *
     * @param temperature of windows judged by themselves
     * @param voices how voices are allowed for wherever windows before are used; null: not at all
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
