package io.undertone.training.ordinary;

import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.vote.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Anger alarms in a call: raised when two windows in a row, judged as in serving, have at least some probability of anger. An alarm lasts
 * {@value #STANDS_MS} ms; if the condition still holds after that, another is raised. Immutable.
 *
 * @param endsMs ends of the windows, in order
 * @param scores for each window, the lower of its own and the previous one's probability of anger; 0 for the first
 */
record AngerAlarms(List<Long> endsMs, List<Double> scores) {
    static final String ANGRY = "angry";
    private static final long STANDS_MS = 30_000;

    AngerAlarms {
        endsMs = List.copyOf(endsMs);
        scores = List.copyOf(scores);
    }

    /**
     * The alarms of a call.
     *
     * @param said opinions on its windows
     * @param verdicts the verdict on each
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

    /** The number of alarms at a threshold. */
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

    /** Whether an alarm is raised in one of these windows at a threshold. */
    boolean isRaised(double threshold, IntStream windows) {
        return windows.anyMatch(i -> scores.get(i) >= threshold);
    }
}
