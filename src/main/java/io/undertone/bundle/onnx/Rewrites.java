package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;

/**
 * Turns a network into one that gives the same probabilities (to rounding) with less work:
 *
 * <ol>
 *   <li>dropout, which does nothing outside training, goes;
 *   <li>a batch normalisation goes into the convolution or dense layer before it, being linear as they are;
 *   <li>ReLU moves behind the max-pool that follows it, max(relu(x)) being relu(max(x)): 5 values of 40 are left;
 *   <li>a convolution over no more steps than its kernel has becomes one matrix: 128 channels of 5 steps, kernel 5, a matrix of
 *       640 x 640, which multiplies no zeros of the padding;
 *   <li>two dense layers with nothing between them become one, where that is less work.
 * </ol>
 */
public final class Rewrites {
    private Rewrites() {}

    /** The rewritten network. */
    public static Weights apply(Weights weights) {
        return apply(weights, true);
    }

    /**
     * The same with matrices made only of a convolution that joins the dense layer behind it: weights of the others stay what they were,
     * a fifth of what the matrices take.
     */
    public static Weights keepingConvolutions(Weights weights) {
        return apply(weights, false);
    }

    private static Weights apply(Weights weights, boolean all) {
        LayerList layers = LayerList.of(weights);
        dropDropout(layers);
        foldBatchNorm(layers);
        moveReluBehindMaxPool(layers);
        flattenShortConvolutions(layers, all);
        joinDense(layers);
        return layers.toWeights();
    }

    private static void dropDropout(LayerList layers) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (layers.layer(i) instanceof Layer.Dropout) {
                layers.remove(i);
            }
        }
    }

    private static void foldBatchNorm(LayerList layers) {
        for (int i = layers.size() - 1; i > 0; i--) {
            if (layers.layer(i) instanceof Layer.BatchNorm norm && layers.isLinear(i - 1)) {
                BatchNormFold.into(layers, i - 1, norm);
                layers.remove(i);
            }
        }
    }

    private static void moveReluBehindMaxPool(LayerList layers) {
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (layers.layer(i) instanceof Layer.Relu
                    && (layers.layer(i + 1) instanceof Layer.MaxPool1d
                            || layers.layer(i + 1) instanceof Layer.MaxPool2d)) {
                layers.swap(i, i + 1);
            }
        }
    }

    /** Everything between the first of the short convolutions and the flattening must work value by value. */
    private static void flattenShortConvolutions(LayerList layers, boolean all) {
        int flatten = layers.firstFlatten();
        int first = flatten;
        while (first > 0 && (isShort(layers, first - 1) || (all && layers.layer(first - 1) instanceof Layer.Relu))) {
            first--;
        }
        if (flatten < 0 || first == flatten) {
            return;
        }
        NetworkSpec before = layers.toWeights().spec();
        for (int i = first; i < flatten; i++) {
            if (layers.layer(i) instanceof Layer.Conv1d conv) {
                ConvolutionMatrix.replace(
                        layers, i, conv, (Shape.Sequence) before.shapes().get(i));
            }
        }
        layers.remove(flatten);
        layers.insert(first, new Layer.Flatten());
    }

    private static boolean isShort(LayerList layers, int i) {
        return layers.layer(i) instanceof Layer.Conv1d conv
                && layers.shapeInto(i).steps() <= conv.kernel();
    }

    private static void joinDense(LayerList layers) {
        for (int i = layers.size() - 2; i >= 0; i--) {
            if (layers.layer(i) instanceof Layer.Dense first && layers.layer(i + 1) instanceof Layer.Dense second) {
                DenseJoin.join(layers, i, first, second);
            }
        }
    }
}
