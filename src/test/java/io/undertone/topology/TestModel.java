package io.undertone.topology;

import io.undertone.Model;
import io.undertone.bundle.Persistence;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.model.EmotionModel;
import io.undertone.vote.Belief;
import io.undertone.vote.LegVote;
import io.undertone.vote.LegVote.Judgement;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Opinion;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;

/** A model whose opinion is a plain function of a window's coefficients, so that tests know it beforehand. */
@NullUnmarked
public class TestModel implements EmotionModel {
    static final List<String> LABELS = List.of("neutral", "calm", "happy", "sad", "angry");
    static final List<String> VOTERS = List.of("cnn-1", "cnn-2", "cnn-3", "cnn-4", "cnn-5", "xgboost");

    private static final LegVote VOTE = new LegVote(new MajorityVote(VOTERS, LABELS, 1), new Persistence(5, 0.5, 1));

    private final FeatureSpec spec;
    private final Consumer<List<Window>> before;
    private volatile int dumb = -1;

    /** Answers at once. */
    public TestModel() {
        this(FeatureSpecs.telephone(), windows -> {});
    }

    /**
     * A model.
     *
     * @param before called with each batch: may wait, or throw
     */
    public TestModel(FeatureSpec spec, Consumer<List<Window>> before) {
        this.spec = spec;
        this.before = before;
    }

    @Override
    public Model id() {
        return new Model("test", "1.0.0");
    }

    @Override
    public FeatureSpec spec() {
        return spec;
    }

    @Override
    public Ensemble ensemble() {
        return new Ensemble() {
            @Override
            public List<String> voters() {
                return VOTERS;
            }

            @Override
            public List<String> labels() {
                return LABELS;
            }

            @Override
            public void predict(List<Window> windows, Probabilities probabilities) {
                probabilities.reset(windows.size());
                before.accept(windows);
                for (int i = 0; i < windows.size(); i++) {
                    opinions(windows.get(i), probabilities, i);
                    if (windows.get(i).index() == dumb) {
                        for (int voter = 0; voter < VOTERS.size(); voter++) {
                            probabilities.setMissing(i, voter);
                        }
                    }
                }
            }

            @Override
            public void close() {}
        };
    }

    /** From now on no voter says anything of windows of this number. */
    void dumbFor(int index) {
        dumb = index;
    }

    private static void opinions(Window window, Probabilities probabilities, int index) {
        double sum = 0;
        for (int i = 0; i < window.length(); i++) {
            sum += window.get(i) * (1 + i % 7);
        }
        for (int voter = 0; voter < VOTERS.size(); voter++) {
            double total = 0;
            for (int label = 0; label < LABELS.size(); label++) {
                total += weight(sum, voter, label);
            }
            for (int label = 0; label < LABELS.size(); label++) {
                probabilities.set(index, voter, label, (float) (weight(sum, voter, label) / total));
            }
        }
    }

    private static double weight(double sum, int voter, int label) {
        return 1.01 + Math.sin(sum * 0.01 * (label + 1) + voter * 0.2);
    }

    /** What it says of a leg's windows, given in order from the first. */
    List<Verdict> verdicts(List<Window> leg) {
        List<Verdict> verdicts = new ArrayList<>();
        Belief belief = Belief.NONE;
        for (Window window : leg) {
            Probabilities probabilities = new Probabilities(VOTERS.size(), LABELS.size());
            probabilities.reset(1);
            opinions(window, probabilities, 0);
            Judgement judgement = vote().judge(Opinion.of(probabilities, 0), belief, window.endMs());
            belief = judgement.belief();
            verdicts.add(judgement.verdict());
        }
        return verdicts;
    }

    @Override
    public LegVote vote() {
        return VOTE;
    }
}
