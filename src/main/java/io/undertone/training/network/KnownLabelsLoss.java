package io.undertone.training.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Cross-entropy of the softmax over the labels that are annotated in an example's corpus: labels whose target is {@link Batch#UNKNOWN}
 * enter neither sum nor gradient, so that clips of a corpus without calm are not counted as examples against calm. With all labels known it
 * is plain cross-entropy with soft targets. Labels may have different weights. Rows {@code [n][labels]}; no masks.
 */
final class KnownLabelsLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    /** The weight of each label; empty if all are equal. */
    private final float[] weights;

    KnownLabelsLoss() {
        this(new float[0]);
    }

    /**
     * @param weights factor of each label's target share, {@code [labels]}
     */
    KnownLabelsLoss(float[] weights) {
        this.weights = weights.clone();
    }

    private float weight(int label) {
        return weights.length == 0 ? 1 : weights[label];
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        double sum = losses(labels, preOutput).sumNumber().doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        return losses(labels, preOutput);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
        int rows = (int) labels.size(0);
        int width = (int) labels.size(1);
        float[] targets = flat(labels);
        float[] outputs = flat(preOutput);
        float[] gradient = new float[outputs.length];
        for (int row = 0; row < rows; row++) {
            double sum = logSumOfKnown(targets, outputs, row * width, width);
            double total = 0;
            for (int i = 0; i < width; i++) {
                total += weight(i) * Math.max(0, targets[row * width + i]);
            }
            for (int i = 0; i < width; i++) {
                int at = row * width + i;
                gradient[at] =
                        targets[at] < 0 ? 0 : (float) (total * Math.exp(outputs[at] - sum) - weight(i) * targets[at]);
            }
        }
        return Nd4j.create(gradient, new long[] {rows, width}, 'c');
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "KnownLabelsLoss";
    }

    @Override
    public String toString() {
        return name();
    }

    private INDArray losses(INDArray labels, INDArray preOutput) {
        int rows = (int) labels.size(0);
        int width = (int) labels.size(1);
        float[] targets = flat(labels);
        float[] outputs = flat(preOutput);
        float[] losses = new float[rows];
        for (int row = 0; row < rows; row++) {
            double sum = logSumOfKnown(targets, outputs, row * width, width);
            double loss = 0;
            for (int i = 0; i < width; i++) {
                float target = targets[row * width + i];
                loss -= target > 0 ? weight(i) * target * (outputs[row * width + i] - sum) : 0;
            }
            losses[row] = (float) loss;
        }
        return Nd4j.create(losses, new long[] {rows, 1}, 'c');
    }

    private static double logSumOfKnown(float[] targets, float[] outputs, int from, int width) {
        double top = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + width; i++) {
            top = targets[i] < 0 ? top : Math.max(top, outputs[i]);
        }
        double sum = 0;
        for (int i = from; i < from + width; i++) {
            sum += targets[i] < 0 ? 0 : Math.exp(outputs[i] - top);
        }
        return top + Math.log(sum);
    }

    private static float[] flat(INDArray array) {
        INDArray ordered = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
        return ordered.reshape(array.length()).toFloatVector();
    }
}
