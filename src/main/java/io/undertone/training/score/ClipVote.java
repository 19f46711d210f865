package io.undertone.training.score;

import io.undertone.inference.Probabilities;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Verdict;
import java.util.List;
import java.util.stream.IntStream;

/** The vote of some voters on whole clips, by the same rule as for live windows: {@link MajorityVote}. Immutable. */
final class ClipVote {
    private final List<String> labels;
    private final MajorityVote vote;
    private final int from;
    private final int to;

    /** The vote of voters {@code from} to {@code to - 1}. */
    ClipVote(int from, int to, List<String> labels, double temperature) {
        this.labels = List.copyOf(labels);
        this.from = from;
        this.to = to;
        List<String> names =
                IntStream.range(from, to).mapToObj(i -> "voter-" + i).toList();
        this.vote = new MajorityVote(names, labels, temperature);
    }

    /** The verdict on a clip with speech. */
    Verdict of(ClipOpinion clip) {
        Probabilities probabilities = new Probabilities(to - from, labels.size());
        probabilities.reset(1);
        for (int voter = from; voter < to; voter++) {
            for (int label = 0; label < labels.size(); label++) {
                probabilities.set(0, voter - from, label, clip.probability(voter, label));
            }
        }
        return vote.decide(probabilities, 0);
    }
}
