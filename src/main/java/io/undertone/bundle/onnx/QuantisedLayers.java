package io.undertone.bundle.onnx;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Weights;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which layers of a network are computed in 8 bits, and how: every convolution but the first whose input is another's output after a ReLU, and whose
 * own output is followed by a ReLU. Immutable.
 */
final class QuantisedLayers {
    /** All layers are computed in floats. */
    static final QuantisedLayers NONE = new QuantisedLayers(Map.of());

    private final Map<Integer, ByteConvolution> convolutions;

    private QuantisedLayers(Map<Integer, ByteConvolution> convolutions) {
        this.convolutions = Map.copyOf(convolutions);
    }

    /**
     * Selects the layers and quantises them.
     *
     * @param weights of the network, batch normalisations folded in, channels balanced ({@link ChannelBalance}) or not
     * @param ranges of each channel of each convolution; the largest is used for the whole convolution
     */
    static QuantisedLayers of(Weights weights, List<List<Float>> ranges) {
        NetworkSpec spec = weights.spec();
        Map<Integer, ByteConvolution> convolutions = new HashMap<>();
        int number = 0;
        float read = 0; // unit of the last convolution's output; 0 where that is not in range
        for (int i = 0; i < spec.layers().size(); i++) {
            if (isConvolution(spec.layers().get(i))) {
                float given = isCut(spec, i) ? Collections.max(ranges.get(number)) / ByteConvolution.VALUE_STEPS : 0;
                if (read > 0 && given > 0) {
                    convolutions.put(i, ByteConvolution.of(weights.get(i, "weight"), bias(weights, i), read, given));
                }
                read = given;
                number++;
            } else if (!leavesRange(spec.layers().get(i))) {
                read = 0;
            }
        }
        return new QuantisedLayers(convolutions);
    }

    /** The integer convolution that replaces a layer; none where that stays in floats. */
    Optional<ByteConvolution> at(int layer) {
        return Optional.ofNullable(convolutions.get(layer));
    }

    /** Whether a layer is a convolution. */
    static boolean isConvolution(Layer layer) {
        return layer instanceof Layer.Conv1d || layer instanceof Layer.Conv2d;
    }

    /** Whether a ReLU comes before any layer whose result depends on values below 0. */
    static boolean isCut(NetworkSpec spec, int convolution) {
        for (Layer layer : spec.layers().subList(convolution + 1, spec.layers().size())) {
            if (layer instanceof Layer.Relu || !leavesRange(layer)) {
                return layer instanceof Layer.Relu;
            }
        }
        return false;
    }

    /** Whether values from 0 to some range stay within it. */
    static boolean leavesRange(Layer layer) {
        return layer instanceof Layer.Relu
                || layer instanceof Layer.Dropout
                || layer instanceof Layer.Mask
                || layer instanceof Layer.MaxPool1d
                || layer instanceof Layer.MaxPool2d
                || layer instanceof Layer.StackFrequency;
    }

    private static float[] bias(Weights weights, int layer) {
        boolean has = weights.spec().parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(layer + ".bias"));
        return has
                ? weights.get(layer, "bias")
                : new float[outputs(weights.spec().layers().get(layer))];
    }

    private static int outputs(Layer layer) {
        return layer instanceof Layer.Conv1d conv ? conv.out() : ((Layer.Conv2d) layer).out();
    }
}
