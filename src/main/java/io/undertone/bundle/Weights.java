package io.undertone.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The trained numbers of one network, engine-neutral: an array for each {@link NetworkSpec#parameters() parameter}, in ONNX
 * order. Immutable; every number is finite.
 */
public final class Weights {
    private final NetworkSpec spec;
    private final Map<String, float[]> arrays;

    private Weights(NetworkSpec spec, Map<String, float[]> arrays) {
        this.spec = spec;
        this.arrays = arrays;
    }

    /**
     * Gets each array from a function of its parameter.
     *
     * @throws IllegalArgumentException where an array has the wrong length or a number that is not finite
     */
    public static Weights of(NetworkSpec spec, Function<Parameter, float[]> source) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        for (Parameter parameter : spec.parameters()) {
            float[] values = source.apply(parameter).clone();
            if (values.length != parameter.size()) {
                throw new IllegalArgumentException("weights must have " + parameter.size() + " values: "
                        + parameter.name() + " has " + values.length);
            }
            requireFinite(parameter.name(), values);
            arrays.put(parameter.name(), values);
        }
        return new Weights(spec, arrays);
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @param bytes float32, little-endian, parameter after parameter
     * @throws IllegalArgumentException where there are more or fewer numbers than the spec has, or one is not finite
     */
    public static Weights fromBytes(NetworkSpec spec, byte[] bytes) {
        int expected = Math.multiplyExact(spec.weightValues(), Float.BYTES);
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    "weights of this network must be " + expected + " bytes: length=" + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return of(spec, parameter -> {
            float[] values = new float[parameter.size()];
            buffer.asFloatBuffer().get(values);
            buffer.position(buffer.position() + values.length * Float.BYTES);
            return values;
        });
    }

    /** All numbers as float32, little-endian, parameter after parameter, without padding. */
    public byte[] toBytes() {
        ByteBuffer buffer =
                ByteBuffer.allocate(spec.weightValues() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] values : arrays.values()) {
            for (float value : values) {
                buffer.putFloat(value);
            }
        }
        return buffer.array();
    }

    /** The network's spec. */
    public NetworkSpec spec() {
        return spec;
    }

    /** A copy of one array; {@code name} is a parameter's. */
    public float[] get(String name) {
        float[] values = arrays.get(name);
        if (values == null) {
            throw new IllegalArgumentException("must be one of " + arrays.keySet() + ": name=" + name);
        }
        return values.clone();
    }

    /** A copy of one array of one layer. */
    public float[] get(int layer, String kind) {
        return get(layer + "." + kind);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weights weights
                && spec.equals(weights.spec)
                && arrays.keySet().stream().allMatch(name -> Arrays.equals(arrays.get(name), weights.arrays.get(name)));
    }

    @Override
    public int hashCode() {
        int hash = spec.hashCode();
        for (float[] values : arrays.values()) {
            hash = 31 * hash + Arrays.hashCode(values);
        }
        return hash;
    }

    private static void requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("weights must be finite: " + name + "[" + i + "]=" + values[i]);
            }
        }
    }
}
