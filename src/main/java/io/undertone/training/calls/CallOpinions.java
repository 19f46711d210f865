package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.training.corpus.Utterance;
import io.undertone.training.score.Tally;
import io.undertone.training.score.TemperatureFit;
import io.undertone.vote.Belief;
import io.undertone.vote.LabelShift;
import io.undertone.vote.LegVote;
import io.undertone.vote.LegVote.Judgement;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Opinion;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The voters' opinions on the windows of one party of a call, in order. Immutable.
 *
 * @param windows those with enough speech
 * @param shift the vote's correction of label priors
 */
public record CallOpinions(List<Said> windows, LabelShift shift) {
    /** A window has a true label if more than this share of it lies inside one utterance. */
    private static final double MOSTLY = 0.5;

    private static final int BATCH = 64;

    /**
     * The opinion on one window.
     *
     * @param endMs its end
     * @param label index of the emotion of the utterance that most of it lies in; -1 if there is none
     * @param opinion of each voter
     */
    public record Said(long endMs, int label, Opinion opinion) {
        /** Whether the true label is known. */
        public boolean isKnown() {
            return label >= 0;
        }
    }

    private record Judged(int label, Verdict verdict) {}

    public CallOpinions {
        windows = List.copyOf(windows);
    }

    /** Opinions without a correction of priors. */
    public CallOpinions(List<Said> windows) {
        this(windows, LabelShift.NONE);
    }

    /** The same opinions, with corrected label priors. */
    public CallOpinions readWith(LabelShift other) {
        return new CallOpinions(windows, other);
    }

    /**
     * Asks all voters about all windows.
     *
     * @throws IllegalStateException if a voter fails
     */
    public static CallOpinions ask(Ensemble ensemble, List<Window> windows, List<Utterance> utterances) {
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        List<Said> said = new ArrayList<>();
        for (int from = 0; from < windows.size(); from += BATCH) {
            List<Window> batch = windows.subList(from, Math.min(windows.size(), from + BATCH));
            ensemble.predict(batch, probabilities);
            if (!probabilities.failures().isEmpty()) {
                throw new IllegalStateException(
                        "every voter must answer: " + probabilities.failures().get(0));
            }
            for (int i = 0; i < batch.size(); i++) {
                Window window = batch.get(i);
                int label = utterances.stream()
                        .filter(u -> u.shareOf(window.startMs(), window.endMs()) > MOSTLY)
                        .mapToInt(u -> ensemble.labels().indexOf(u.label()))
                        .findFirst()
                        .orElse(-1);
                said.add(new Said(window.endMs(), label, Opinion.of(probabilities, i)));
            }
        }
        return new CallOpinions(said);
    }

    /**
     * Scores of the vote on the windows with a true label.
     *
     * @param temperature of windows judged independently
     */
    public Tally judge(List<String> labels, Persistence persistence, double temperature) {
        Tally tally = new Tally(labels);
        for (Judged judged : judged(labels, persistence, temperature)) {
            tally.add(
                    judged.label(),
                    labels.indexOf(judged.verdict().label()),
                    judged.verdict().confidence());
        }
        return tally;
    }

    /** The sum of {@code -log p} of the true labels over the same windows ({@link TemperatureFit#surprise}). */
    double surprise(List<String> labels, Persistence persistence, double temperature) {
        double sum = 0;
        for (Judged judged : judged(labels, persistence, temperature)) {
            sum += TemperatureFit.surprise(
                    judged.verdict().probabilities().getOrDefault(labels.get(judged.label()), 0.0));
        }
        return sum;
    }

    /** Judges all windows in order and returns the verdicts on those with a true label. */
    private List<Judged> judged(List<String> labels, Persistence persistence, double temperature) {
        List<Verdict> verdicts = verdicts(labels, persistence, temperature);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (windows.get(i).isKnown()) {
                judged.add(new Judged(windows.get(i).label(), verdicts.get(i)));
            }
        }
        return judged;
    }

    /**
     * The vote's verdict on each window, in order.
     *
     * @param temperature of windows judged independently
     */
    public List<Verdict> verdicts(List<String> labels, Persistence persistence, double temperature) {
        List<Verdict> verdicts = new ArrayList<>();
        if (windows.isEmpty()) {
            return verdicts;
        }
        List<String> voters = IntStream.range(0, windows.get(0).opinion().voters())
                .mapToObj(i -> "voter-" + i)
                .toList();
        LegVote vote = new LegVote(new MajorityVote(voters, labels, temperature), persistence, shift);
        Belief belief = Belief.NONE;
        for (Said window : windows) {
            Judgement judgement = vote.judge(window.opinion(), belief, window.endMs());
            belief = judgement.belief();
            verdicts.add(judgement.verdict());
        }
        return verdicts;
    }
}
