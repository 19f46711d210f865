package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import java.util.List;

/**
 * Finds how long emotions should be taken to last: of some dwell times and weights the one with the highest unweighted average recall over
 * staged calls, those with episodes of 2, 4, 8 and 16 utterances counting the same. Calls in which the emotion changes with every utterance
 * have no say: no caller is like that, and corpora that hold such do not tell how long a caller's mood lasts, so this mix is an
 * assumption.
 */
public final class PersistenceFit {
    private static final double[] DWELL_SECONDS = {1, 2, 3, 4, 5, 6, 8, 12, 20};
    private static final double[] EVIDENCE = {0.33, 0.5, 0.75, 1};
    private static final int SHORTEST_EPISODE = 2;

    private PersistenceFit() {}

    /** The best for calls of speakers that the voters were not fitted to; {@link Persistence#NONE} where nothing is better than that. */
    public static Persistence fit(StagedOpinions heldOut, List<String> labels) {
        Persistence best = Persistence.NONE;
        double most = gain(heldOut, labels, best);
        for (double dwell : DWELL_SECONDS) {
            for (double evidence : EVIDENCE) {
                Persistence candidate = new Persistence(dwell, evidence);
                double gain = gain(heldOut, labels, candidate);
                if (gain > most) {
                    most = gain;
                    best = candidate;
                }
            }
        }
        return best;
    }

    private static double gain(StagedOpinions heldOut, List<String> labels, Persistence persistence) {
        return StagedCall.EPISODES.stream()
                .filter(episode -> episode >= SHORTEST_EPISODE)
                .mapToDouble(episode -> heldOut.judge(episode, labels, persistence, 1)
                        .confusion()
                        .uar())
                .filter(Double::isFinite)
                .average()
                .orElse(0);
    }
}
