package io.undertone.bundle.onnx;

/**
 * A convolution in integers: inputs are unsigned bytes in units of {@link #inputScale}, weights signed bytes in units
 * of {@code weightScales[channel]}, and outputs unsigned bytes in units of {@link #outputScale}, saturated to
 * 0 and 255. The saturation at 0 includes the ReLU that follows.
 *
 * @see QuantisedLayers
 */
final class ByteConvolution {
    /** Weights are -127 to 127. */
    static final int WEIGHT_STEPS = 127;

    /** Outputs are 0 to 255. */
    static final int VALUE_STEPS = 255;

    private final float inputScale;
    private final float outputScale;
    private final byte[] weights;
    private final float[] weightScales;
    private final int[] bias;

    private ByteConvolution(float inputScale, float outputScale, byte[] weights, float[] weightScales, int[] bias) {
        this.inputScale = inputScale;
        this.outputScale = outputScale;
        this.weights = weights;
        this.weightScales = weightScales;
        this.bias = bias;
    }

    /**
     * The best approximation of a convolution in floats.
     *
     * @param weights {@code [out][all else]}
     * @param bias {@code [out]}
     */
    static ByteConvolution of(float[] weights, float[] bias, float inputScale, float outputScale) {
        int each = weights.length / bias.length;
        byte[] bytes = new byte[weights.length];
        float[] scales = new float[bias.length];
        int[] sums = new int[bias.length];
        for (int out = 0; out < bias.length; out++) {
            float largest = Float.MIN_NORMAL;
            for (int i = out * each; i < (out + 1) * each; i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            // So that the bias takes at most half of the 32-bit range of the sums, and the products fit as well.
            float least = Math.abs(bias[out]) / (inputScale * (1 << 30));
            scales[out] = Math.max(largest / WEIGHT_STEPS, least);
            for (int i = out * each; i < (out + 1) * each; i++) {
                bytes[i] = (byte) Math.round(weights[i] / scales[out]);
            }
            sums[out] = Math.round(bias[out] / (inputScale * scales[out]));
        }
        return new ByteConvolution(inputScale, outputScale, bytes, scales, sums);
    }

    float inputScale() {
        return inputScale;
    }

    float outputScale() {
        return outputScale;
    }

    byte[] weights() {
        return weights.clone();
    }

    float[] weightScales() {
        return weightScales.clone();
    }

    int[] bias() {
        return bias.clone();
    }
}
