package io.undertone.inference;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.ContrastWeights;
import io.undertone.window.Window;
import java.util.List;

/** Multiplies the probabilities of voters by what the windows' contrast says of each label, see {@link ContrastWeights}. Immutable. */
final class ContrastShift {
    /** {@code [labels][numbers of a contrast]}; none if probabilities stay as they are. */
    private final double[][] weights;

    ContrastShift(BundleContent content) {
        weights = content.contrastWeights().absent()
                ? new double[0][]
                : content.contrastWeights().matrix(content.labels());
    }

    /** Shifts those voters' answers to each window that has a contrast. */
    void apply(List<Window> windows, Probabilities probabilities) {
        if (weights.length == 0) {
            return;
        }
        double[] factors = new double[weights.length];
        for (int window = 0; window < windows.size(); window++) {
            Window of = windows.get(window);
            if (of.contrastLength() == 0) {
                continue;
            }
            for (int label = 0; label < factors.length; label++) {
                double sum = 0;
                for (int i = 0; i < weights[label].length; i++) {
                    sum += weights[label][i] * of.contrast(i);
                }
                factors[label] = Math.exp(sum);
            }
            for (int voter = 0; voter < probabilities.voters(); voter++) {
                if (probabilities.answered(window, voter)) {
                    multiply(window, voter, factors, probabilities);
                }
            }
        }
    }

    private static void multiply(int window, int voter, double[] factors, Probabilities probabilities) {
        double sum = 0;
        for (int label = 0; label < factors.length; label++) {
            sum += probabilities.get(window, voter, label) * factors[label];
        }
        for (int label = 0; label < factors.length; label++) {
            double share = probabilities.get(window, voter, label) * factors[label] / sum;
            probabilities.set(window, voter, label, (float) share);
        }
    }
}
