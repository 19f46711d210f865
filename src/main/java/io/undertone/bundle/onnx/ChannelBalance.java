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
 * Brings the channels that a convolution gives nearer to each other, so that quiet ones have more of the 255 steps that they share with the
 * loudest: a channel is multiplied, and what the next convolution makes of it divided, by the square root of how much louder the loudest is.
 * The function stays the same, since a ReLU and max-pooling lie between them at most (after Nagel et al. 2019, with ranges of values in place of weights). With
 * ranges of 8 and 2, the second channel is doubled, and goes to 4.
 */
final class ChannelBalance {
    /** At most: a channel that speech never wakes is not blown up. */
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

    /** Each row {@code [out]} by its channel's factor. */
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

    /** Each {@code [out][in]} by the factor of the channel that it reads, of which stacked frequency makes several. */
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

    /** The convolution that reads what another gives, cut at 0 and else unchanged; -1 where there is none. */
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
