package io.undertone.inference.dl4j;

import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Compares a network's gradients with central differences of its score in training mode. */
final class GradientDifference {
    private GradientDifference() {}

    /** The largest difference over {@code samples} weights of each array, relative to the gradient or to 1e-2. */
    static double largest(ComputationGraph network, MultiDataSet data, int samples) {
        network.setInputs(data.getFeatures());
        network.setLabels(data.getLabels());
        network.computeGradientAndScore();
        // Deeplearning4j sums over the batch here and divides by its size in the updater.
        INDArray gradients =
                network.getFlattenedGradients().dup().divi(data.getFeatures(0).size(0));
        SplittableRandom random = new SplittableRandom(4);
        double largest = 0;
        long start = 0;
        for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
            long length = entry.getValue().length();
            // Running statistics are changed by the pass itself, not by a gradient.
            boolean trained =
                    !entry.getKey().endsWith("_mean") && !entry.getKey().endsWith("_var");
            for (int i = 0; i < samples && trained; i++) {
                long at = start + random.nextLong(length);
                double expected = difference(network, data, network.params(), at);
                double off = Math.abs(gradients.getDouble(at) - expected) / Math.max(1e-2, Math.abs(expected));
                largest = Math.max(largest, off);
            }
            start += length;
        }
        return largest;
    }

    private static double difference(ComputationGraph network, MultiDataSet data, INDArray weights, long at) {
        double step = 1e-6;
        double value = weights.getDouble(at);
        weights.putScalar(at, value + step);
        double above = score(network, data);
        weights.putScalar(at, value - step);
        double below = score(network, data);
        weights.putScalar(at, value);
        return (above - below) / (2 * step);
    }

    private static double score(ComputationGraph network, MultiDataSet data) {
        return network.score(data, true);
    }
}
