package io.undertone.training.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A confusion matrix, {@code [true][said]}. A clip without verdict (no window held speech) counts against its label's recall, and is in no
 * column. Not thread-safe.
 */
public final class Confusion {
    private final List<String> labels;
    private final int[][] counts;
    private final int[] unheard;

    public Confusion(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.counts = new int[labels.size()][labels.size()];
        this.unheard = new int[labels.size()];
    }

    public void add(int trueLabel, int saidLabel) {
        counts[trueLabel][saidLabel]++;
    }

    /** Adds a clip without verdict. */
    public void addUnheard(int trueLabel) {
        unheard[trueLabel]++;
    }

    /** Adds all counts of another over the same labels. */
    public void add(Confusion other) {
        for (int t = 0; t < counts.length; t++) {
            unheard[t] += other.unheard[t];
            for (int s = 0; s < counts.length; s++) {
                counts[t][s] += other.counts[t][s];
            }
        }
    }

    public List<String> labels() {
        return labels;
    }

    public int count(int trueLabel, int saidLabel) {
        return counts[trueLabel][saidLabel];
    }

    /** The number of clips without verdict. */
    public int unheard() {
        return IntStream.of(unheard).sum();
    }

    /** The number of clips, including those without verdict. */
    public int total() {
        return IntStream.range(0, counts.length).map(this::support).sum();
    }

    /** The number of clips of a label. */
    public int support(int label) {
        return IntStream.of(counts[label]).sum() + unheard[label];
    }

    /** Accuracy: the share of clips given their true label. */
    public double accuracy() {
        int right = IntStream.range(0, counts.length).map(i -> counts[i][i]).sum();
        return total() == 0 ? Double.NaN : (double) right / total();
    }

    /** Unweighted average recall: the mean recall over the labels that have clips. */
    public double uar() {
        return IntStream.range(0, counts.length)
                .filter(i -> support(i) > 0)
                .mapToDouble(this::recall)
                .average()
                .orElse(Double.NaN);
    }

    /** Precision, recall, F1 and support of each label. */
    public List<LabelScore> perLabel() {
        List<LabelScore> scores = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int label = i;
            int said =
                    IntStream.range(0, counts.length).map(t -> counts[t][label]).sum();
            double precision = said == 0 ? 0 : (double) counts[i][i] / said;
            double recall = support(i) == 0 ? 0 : recall(i);
            double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
            scores.add(new LabelScore(labels.get(i), precision, recall, f1, support(i)));
        }
        return scores;
    }

    private double recall(int label) {
        return (double) counts[label][label] / support(label);
    }
}
