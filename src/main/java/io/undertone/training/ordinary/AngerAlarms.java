package io.undertone.training.ordinary;

import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.vote.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When somebody who watches for anger would be alarmed in a call: two windows in a row, each judged as served, have at least some
 * probability of anger. An alarm stands for {@value #STANDS_MS} ms; what still alarms after that is another. Immutable.
 *
 * @param endsMs ends of the windows, in order
 * @param scores of each window the lower of its own and the former one's probability of anger; 0 for the first
 */
record AngerAlarms(List<Long> endsMs, List<Double> scores) {
    static final String ANGRY = "angry";
    private static final long STANDS_MS = 30_000;

    AngerAlarms {
        endsMs = List.copyOf(endsMs);
        scores = List.copyOf(scores);
    }

    /**
     * Those of a call.
     *
     * @param said its windows
     * @param verdicts what was made of each of them
     */
    static AngerAlarms of(List<Said> said, List<Verdict> verdicts) {
        List<Double> scores = new ArrayList<>();
        double former = 0;
        for (Verdict verdict : verdicts) {
            double own = verdict.probabilities().getOrDefault(ANGRY, 0.0);
            scores.add(Math.min(former, own));
            former = own;
        }
        return new AngerAlarms(said.stream().map(Said::endMs).toList(), scores);
    }

    /** How many there are from a probability on. */
    int count(double threshold) {
        int count = 0;
        long standsUntilMs = Long.MIN_VALUE;
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i) >= threshold && endsMs.get(i) > standsUntilMs) {
                count++;
                standsUntilMs = endsMs.get(i) + STANDS_MS;
            }
        }
        return count;
    }

    /** Whether one is raised, from a probability on, in one of these windows. */
    boolean isRaised(double threshold, IntStream windows) {
        return windows.anyMatch(i -> scores.get(i) >= threshold);
    }
}
