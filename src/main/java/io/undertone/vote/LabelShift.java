package io.undertone.vote;

import io.undertone.bundle.Priors;
import java.util.Arrays;
import java.util.List;

/**
 * Corrects voters' probabilities for labels whose shares in use differ from those in training: each voter's probabilities become {@code
 * p(l) read(l) / learned(l)}, normalised to a sum of 1 (Bayes' rule; Saerens, Latinne and Decaestecker 2002).
 *
 * <p>With two labels that are equally common in training and have shares [0.9, 0.1] in use, [0.3, 0.7] becomes [0.79, 0.21]. Immutable,
 * thread-safe.
 */
public final class LabelShift {
    /** Changes nothing. */
    public static final LabelShift NONE = new LabelShift(new double[0], new double[0]);

    private final double[] ratios;
    private final double[] read;

    private LabelShift(double[] ratios, double[] read) {
        this.ratios = ratios;
        this.read = read;
    }

    /**
     * The correction by a bundle's priors.
     *
     * @param labels in the order of the probabilities
     */
    public static LabelShift of(Priors priors, List<String> labels) {
        if (priors.absent()) {
            return NONE;
        }
        double[] ratios = new double[labels.size()];
        double[] read = new double[labels.size()];
        for (int i = 0; i < ratios.length; i++) {
            read[i] = share(priors.read(), labels.get(i));
            ratios[i] = read[i] / share(priors.learned(), labels.get(i));
        }
        return new LabelShift(ratios, read);
    }

    private static double share(java.util.Map<String, Double> shares, String label) {
        Double share = shares.get(label);
        if (share == null) {
            throw new IllegalArgumentException(
                    "priors must name each label: label=" + label + ", priors=" + shares.keySet());
        }
        return share;
    }

    /** The corrected opinion; a failed voter stays without one. */
    public Opinion apply(Opinion opinion) {
        return ratios.length == 0 ? opinion : opinion.weighed(ratios);
    }

    /** The prior share of each label, {@code [labels]}, summing to 1. */
    double[] expected(int labels) {
        if (read.length > 0) {
            return read.clone();
        }
        double[] uniform = new double[labels];
        Arrays.fill(uniform, 1.0 / labels);
        return uniform;
    }
}
