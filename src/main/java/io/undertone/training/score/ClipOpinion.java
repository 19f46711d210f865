package io.undertone.training.score;

import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.training.corpus.Clip;
import io.undertone.training.hearing.HeardClip;
import io.undertone.vote.LabelShift;
import io.undertone.vote.Opinion;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Each voter's opinion on a whole clip: the geometric mean of its windows' probabilities, weighted by their speech:
 * {@code P(label) ~ exp(Σ s log p / Σ s)}. In a clip with 2 s and 1 s of speech in its two windows, the first counts twice as much.
 * Immutable.
 */
public final class ClipOpinion {
    private static final int BATCH = 64;
    private static final double LEAST = 1e-6;

    private final Clip clip;
    private final int label;
    private final float[][] byVoter;

    private ClipOpinion(Clip clip, int label, float[][] byVoter) {
        this.clip = clip;
        this.label = label;
        this.byVoter = byVoter;
    }

    /**
     * Recreates a stored opinion.
     *
     * @param byVoter probability of each label, {@code [voters][labels]}; no rows for a clip without speech
     */
    public static ClipOpinion of(Clip clip, int label, float[][] byVoter) {
        float[][] copy = new float[byVoter.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = byVoter[i].clone();
        }
        return new ClipOpinion(clip, label, copy);
    }

    /** The same opinion with corrected label priors; that of a clip without speech stays unchanged. */
    public ClipOpinion readWith(LabelShift shift) {
        if (!heard()) {
            return this;
        }
        return with(shift.apply(opinion()));
    }

    /** The same opinion with each voter's probability of a label multiplied by a factor of that label's, and normalised. */
    public ClipOpinion multiplied(double[] factors) {
        return with(opinion().weighed(factors));
    }

    private ClipOpinion with(Opinion other) {
        float[][] rows = new float[voters()][labels()];
        for (int voter = 0; voter < rows.length; voter++) {
            for (int i = 0; i < rows[voter].length; i++) {
                rows[voter][i] = other.probability(voter, i);
            }
        }
        return new ClipOpinion(clip, label, rows);
    }

    /** Runs all voters on all clips; clips must have one of the ensemble's labels. */
    public static List<ClipOpinion> ask(Ensemble ensemble, List<HeardClip> clips) {
        List<ClipOpinion> opinions = new ArrayList<>();
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        for (int from = 0; from < clips.size(); from += BATCH) {
            List<HeardClip> some = clips.subList(from, Math.min(clips.size(), from + BATCH));
            List<Window> windows =
                    some.stream().flatMap(c -> c.windows().stream()).toList();
            if (!windows.isEmpty()) {
                ensemble.predict(windows, probabilities);
            }
            int at = 0;
            for (HeardClip heard : some) {
                int label = ensemble.labels().indexOf(heard.clip().label());
                opinions.add(new ClipOpinion(heard.clip(), label, average(heard, probabilities, at)));
                at += heard.windows().size();
            }
        }
        return opinions;
    }

    /** How much a window counts in its clip: its speech, ms, and 1, so that none counts nothing. */
    public static double weight(Window window) {
        return window.speechRatio() * (window.endMs() - window.startMs()) + 1;
    }

    private static float[][] average(HeardClip heard, Probabilities probabilities, int first) {
        if (heard.windows().isEmpty()) {
            return new float[0][];
        }
        float[][] byVoter = new float[probabilities.voters()][probabilities.labels()];
        for (int voter = 0; voter < byVoter.length; voter++) {
            double[] logs = new double[probabilities.labels()];
            double weights = 0;
            for (int i = 0; i < heard.windows().size(); i++) {
                Window window = heard.windows().get(i);
                double weight = weight(window);
                weights += weight;
                for (int label = 0; label < logs.length; label++) {
                    logs[label] += weight * Math.log(Math.max(LEAST, probabilities.get(first + i, voter, label)));
                }
            }
            double sum = 0;
            for (int label = 0; label < logs.length; label++) {
                logs[label] = Math.exp(logs[label] / weights);
                sum += logs[label];
            }
            for (int label = 0; label < logs.length; label++) {
                byVoter[voter][label] = (float) (logs[label] / sum);
            }
        }
        return byVoter;
    }

    public Clip clip() {
        return clip;
    }

    /** The index of its true label. */
    public int label() {
        return label;
    }

    /** Whether any window held enough speech. */
    public boolean heard() {
        return byVoter.length > 0;
    }

    /** The number of voters; 0 for a clip without speech. */
    public int voters() {
        return byVoter.length;
    }

    /** The number of labels; 0 for a clip without speech. */
    public int labels() {
        return heard() ? byVoter[0].length : 0;
    }

    /** Mean probability of each label over all voters, for a clip with speech. */
    public double[] mean() {
        double[] mean = new double[labels()];
        for (float[] voter : byVoter) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += voter[i] / (double) byVoter.length;
            }
        }
        return mean;
    }

    /** The voters' opinion, for a clip with speech. */
    Opinion opinion() {
        return Opinion.of(byVoter);
    }

    /** One voter's probability of one label. */
    public float probability(int voter, int ofLabel) {
        return byVoter[voter][ofLabel];
    }
}
