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
 * What the voters say of the windows of one party of a call, in order. Immutable.
 *
 * @param windows those with enough speech
 * @param shift by which the vote corrects for how common labels are
 */
public record CallOpinions(List<Said> windows, LabelShift shift) {
    /** Of a window more than this share of which lies inside one utterance, it is known what should be said. */
    private static final double MOSTLY = 0.5;

    private static final int BATCH = 64;

    /**
     * What was said of one window.
     *
     * @param endMs its end
     * @param label place of the emotion of the utterance that most of it lies in; -1 where there is none such
     * @param opinion what each voter says
     */
    public record Said(long endMs, int label, Opinion opinion) {
        /** Whether it is known what should be said. */
        public boolean isKnown() {
            return label >= 0;
        }
    }

    private record Judged(int label, Verdict verdict) {}

    public CallOpinions {
        windows = List.copyOf(windows);
    }

    /** Opinions that nothing is to be corrected about. */
    public CallOpinions(List<Said> windows) {
        this(windows, LabelShift.NONE);
    }

    /** The same opinions, of which the vote is to correct how common labels are. */
    public CallOpinions readWith(LabelShift other) {
        return new CallOpinions(windows, other);
    }

    /**
     * Asks all voters about all windows.
     *
     * @throws IllegalStateException where one does not answer
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
     * What the vote makes of the windows of which it is known what should be said.
     *
     * @param temperature of the confidences of windows judged by themselves
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

    /** How unlikely the vote finds what should be said, added up over the same windows ({@link TemperatureFit#surprise}). */
    double surprise(List<String> labels, Persistence persistence, double temperature) {
        double sum = 0;
        for (Judged judged : judged(labels, persistence, temperature)) {
            sum += TemperatureFit.surprise(
                    judged.verdict().probabilities().getOrDefault(labels.get(judged.label()), 0.0));
        }
        return sum;
    }

    /** All windows are judged, in order; those of which it is known what should be said are given back. */
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
     * What the vote makes of each window, in order.
     *
     * @param temperature of the confidences of windows judged by themselves
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
