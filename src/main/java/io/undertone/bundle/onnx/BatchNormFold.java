package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;

/** Folds a batch normalisation into the linear layer before it. */
final class BatchNormFold {
    private BatchNormFold() {}

    /** Changes layer {@code i} to compute both itself and its successor {@code norm}. */
    static void into(LayerList layers, int i, Layer.BatchNorm norm) {
        float[] scale = layers.array(i + 1, "scale");
        float[] shift = layers.array(i + 1, "shift");
        float[] mean = layers.array(i + 1, "mean");
        float[] variance = layers.array(i + 1, "variance");
        float[] weight = layers.array(i, "weight").clone();
        float[] bias = layers.bias(i, scale.length).clone();
        boolean outFirst = !(layers.layer(i) instanceof Layer.Dense);
        double[] factor = new double[scale.length];
        for (int o = 0; o < factor.length; o++) {
            factor[o] = scale[o] / Math.sqrt(variance[o] + norm.epsilon());
            bias[o] = (float) ((bias[o] - mean[o]) * factor[o] + shift[o]);
        }
        int each = weight.length / scale.length;
        for (int j = 0; j < weight.length; j++) {
            weight[j] *= (float) factor[outFirst ? j / each : j % scale.length];
        }
        layers.set(i, withBias(layers.layer(i)), weight, bias);
    }

    private static Layer withBias(Layer layer) {
        if (layer instanceof Layer.Conv1d conv) {
            return new Layer.Conv1d(conv.out(), conv.kernel(), conv.stride(), true);
        } else if (layer instanceof Layer.Conv2d conv) {
            return new Layer.Conv2d(
                    conv.out(), conv.kernelHeight(), conv.kernelWidth(), conv.strideHeight(), conv.strideWidth(), true);
        }
        return layer;
    }
}
