package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;

/**
 * Optimises a network without changing its probabilities beyond rounding:
 *
 * <ol>
 *   <li>dropout is removed, since it only acts in training;
 *   <li>a batch normalisation, which is linear, is folded into the convolution or dense layer before it;
 *   <li>ReLU moves after the max-pool that follows it, since max(relu(x)) = relu(max(x)): for 5 values instead of 40;
 *   <li>a convolution over no more steps than its kernel has becomes one matrix, which skips the zeros of the padding:
 *       640 x 640 for 128 channels of 5 steps and kernel 5;
 *   <li>two adjacent dense layers become one, where that needs fewer multiplications.
 * </ol>
 */
public final class Rewrites {
    private Rewrites() {}

    /** The rewritten network. */
    public static Weights apply(Weights weights) {
        return apply(weights, true);
    }

    /**
     * The same, but only a convolution that can be joined with the following dense layer becomes a matrix: the others keep their
     * weights, a fifth of a matrix's.
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

    /** All other layers between the first short convolution and the flattening must be elementwise. */
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
