package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Parameter;
import io.undertone.bundle.Weights;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Equalises the ranges of a convolution's output channels, so that small ones use more of the 255 steps that they share with the
 * largest: a channel is multiplied, and its weights in the next convolution divided, by the square root of the ratio of the largest range to its own.
 * The function stays the same, since only ReLU and max-pooling may be between them (after Nagel et al. 2019, with ranges of values in place of weights). With
 * ranges of 8 and 2, the second channel is doubled, and goes to 4.
 */
final class ChannelBalance {
    /** Largest factor: limits that of channels which are nearly always 0. */
    private static final float MOST = 16;

    private ChannelBalance() {}

    /**
     * The balanced network.
     *
     * @param weights batch normalisations folded in
     * @param ranges of each channel of each convolution
     */
    static Weights of(Weights weights, List<List<Float>> ranges) {
        NetworkSpec spec = weights.spec();
        Map<String, float[]> arrays = new HashMap<>();
        Map<String, List<Integer>> axes = new HashMap<>();
        for (Parameter parameter : spec.parameters()) {
            arrays.put(parameter.name(), weights.get(parameter.name()));
            axes.put(parameter.name(), parameter.axes());
        }
        int number = 0;
        for (int i = 0; i < spec.layers().size(); i++) {
            if (QuantisedLayers.isConvolution(spec.layers().get(i))) {
                float[] factors = factors(ranges.get(number++));
                int next = reader(spec, i);
                if (next > 0) {
                    multiply(arrays, i + ".weight", factors);
                    multiply(arrays, i + ".bias", factors);
                    divide(arrays, axes, next + ".weight", factors);
                }
            }
        }
        return Weights.of(spec, parameter -> Objects.requireNonNull(arrays.get(parameter.name())));
    }

    /** Multiplies each row {@code [out]} by its channel's factor. */
    private static void multiply(Map<String, float[]> arrays, String name, float[] factors) {
        float[] values = arrays.get(name);
        if (values == null) {
            return; // a convolution without a bias
        }
        int each = values.length / factors.length;
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i / each];
        }
    }

    /** Divides each {@code [out][in]} by its input channel's factor; stacked frequency splits a channel into several. */
    private static void divide(
            Map<String, float[]> arrays, Map<String, List<Integer>> axes, String name, float[] factors) {
        float[] values = Objects.requireNonNull(arrays.get(name));
        List<Integer> sizes = Objects.requireNonNull(axes.get(name));
        int in = sizes.get(1);
        int kernel = values.length / sizes.get(0) / in;
        int stacked = in / factors.length;
        for (int i = 0; i < values.length; i++) {
            values[i] /= factors[i / kernel % in / stacked];
        }
    }

    /** The convolution that reads the output of another, through ReLU and pooling only; -1 where there is none. */
    private static int reader(NetworkSpec spec, int convolution) {
        if (!QuantisedLayers.isCut(spec, convolution)) {
            return -1;
        }
        for (int i = convolution + 1; i < spec.layers().size(); i++) {
            Layer layer = spec.layers().get(i);
            if (QuantisedLayers.isConvolution(layer)) {
                return i;
            }
            if (!QuantisedLayers.leavesRange(layer)) {
                return -1;
            }
        }
        return -1;
    }

    private static float[] factors(List<Float> ranges) {
        float largest = Collections.max(ranges);
        float[] factors = new float[ranges.size()];
        for (int channel = 0; channel < factors.length; channel++) {
            factors[channel] = Math.min(MOST, (float) Math.sqrt(largest / ranges.get(channel)));
        }
        return factors;
    }
}
