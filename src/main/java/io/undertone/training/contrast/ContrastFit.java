package io.undertone.training.contrast;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fits contrast weights {@code W}: with a clip's mean probabilities {@code p} and its contrast {@code c}, {@code p(l) exp(W(l) . c)} of the
 * labels that its corpus has is to give the true label the highest likelihood. Multinomial logistic regression with {@code log p} as a fixed
 * offset and without a constant; each corpus counts the same; {@value #RIDGE} times the squares of all weights is added to the mean loss,
 * which is convex. Nesterov's accelerated gradient method from zeros, {@value #STEPS} steps: deterministic.
 */
final class ContrastFit {
    /** Chosen by leaving out one corpus at a time: .003 and .03 differ from it by less than two trainings do. */
    static final double RIDGE = 0.01;

    private static final int STEPS = 600;
    private static final double LEAST = 1e-4;

    private final int labels;
    private final int numbers;
    private final List<ContrastClip> clips;
    /** {@code [clips][labels]}: {@code log p}; minus infinity for labels that the clip's corpus lacks. */
    private final double[][] offsets;

    private final double[] shares;

    private ContrastFit(Collection<ContrastClip> some, int labels) {
        this.clips = List.copyOf(some);
        this.labels = labels;
        this.numbers = clips.isEmpty() ? 0 : clips.get(0).contrast().length;
        Map<String, List<ContrastClip>> corpora =
                clips.stream().collect(Collectors.groupingBy(ContrastClip::corpus, TreeMap::new, Collectors.toList()));
        offsets = new double[clips.size()][];
        shares = new double[clips.size()];
        for (int i = 0; i < offsets.length; i++) {
            List<ContrastClip> own = corpora.getOrDefault(clips.get(i).corpus(), List.of());
            shares[i] = 1.0 / corpora.size() / own.size();
            offsets[i] = offsets(clips.get(i), own);
        }
    }

    /** The weights, {@code [labels][numbers of a contrast]}. */
    static double[][] fit(Collection<ContrastClip> clips, int labels) {
        return new ContrastFit(clips, labels).weights();
    }

    private double[] offsets(ContrastClip clip, List<ContrastClip> corpus) {
        TreeSet<Integer> had =
                corpus.stream().map(other -> other.opinion().label()).collect(Collectors.toCollection(TreeSet::new));
        double[] mean = clip.opinion().mean();
        double[] logs = new double[labels];
        for (int label = 0; label < labels; label++) {
            logs[label] = had.contains(label) ? Math.log(Math.max(LEAST, mean[label])) : Double.NEGATIVE_INFINITY;
        }
        return logs;
    }

    private double[][] weights() {
        double[][] weights = new double[labels][numbers];
        double[][] ahead = new double[labels][numbers];
        double step = 1 / steepest();
        for (int k = 0; k < STEPS; k++) {
            double[][] gradient = gradient(ahead);
            double momentum = k / (k + 3.0);
            for (int label = 0; label < labels; label++) {
                for (int i = 0; i < numbers; i++) {
                    double next = ahead[label][i] - step * gradient[label][i];
                    ahead[label][i] = next + momentum * (next - weights[label][i]);
                    weights[label][i] = next;
                }
            }
        }
        return weights;
    }

    /** An upper limit of the loss' curvature: half of the mean square of a contrast, and the ridge's. */
    private double steepest() {
        double sum = 2 * RIDGE;
        for (int i = 0; i < shares.length; i++) {
            for (double value : clips.get(i).contrast()) {
                sum += shares[i] * value * value / 2;
            }
        }
        return sum;
    }

    private double[][] gradient(double[][] weights) {
        double[][] gradient = new double[labels][numbers];
        double[] probabilities = new double[labels];
        for (int n = 0; n < shares.length; n++) {
            ContrastClip clip = clips.get(n);
            fillProbabilities(n, weights, probabilities);
            for (int label = 0; label < labels; label++) {
                double off = shares[n]
                        * (probabilities[label] - (label == clip.opinion().label() ? 1 : 0));
                for (int i = 0; i < numbers; i++) {
                    gradient[label][i] += off * clip.contrast()[i];
                }
            }
        }
        for (int label = 0; label < labels; label++) {
            for (int i = 0; i < numbers; i++) {
                gradient[label][i] += 2 * RIDGE * weights[label][i];
            }
        }
        return gradient;
    }

    private void fillProbabilities(int clip, double[][] weights, double[] probabilities) {
        double most = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < labels; label++) {
            probabilities[label] = offsets[clip][label] + clips.get(clip).dot(weights[label]);
            most = Math.max(most, probabilities[label]);
        }
        double sum = 0;
        for (int label = 0; label < labels; label++) {
            probabilities[label] = Math.exp(probabilities[label] - most);
            sum += probabilities[label];
        }
        for (int label = 0; label < labels; label++) {
            probabilities[label] /= sum;
        }
    }
}
