package io.undertone.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A network of dense layers that estimates from {@link VoiceFeatures} whether a window's sound is a voice. Each feature is standardised and
 * clipped to {@value #MOST_SPREADS} standard deviations; a ReLU follows each layer but the last; the output is the log-odds of a voice.
 * Immutable.
 *
 * <p>As bytes, little-endian: {@value #MAGIC} and the number of layers as 32-bit integers, the width of the input and of each layer's output
 * likewise; then as 32-bit floats the means, the spreads, and for each layer the weights {@code [in][out]} and the constants {@code [out]}.
 */
public final class VoiceNetwork {
    private static final int MAGIC = 0x31564f56; // "VOV1"
    private static final float MOST_SPREADS = 5;
    private static final int MOST_LAYERS = 8;
    private static final int MOST_WIDTH = 4_096;

    private final float[] means;
    private final float[] spreads;
    private final float[][] weights;
    private final float[][] constants;

    /**
     * @param means of the numbers, {@code [in]}
     * @param spreads of the numbers, {@code [in]}, each &gt; 0
     * @param weights of each layer, {@code [in][out]} one after the other
     * @param constants of each layer, {@code [out]}; the last layer has one
     */
    public VoiceNetwork(float[] means, float[] spreads, float[][] weights, float[][] constants) {
        this.means = means.clone();
        this.spreads = spreads.clone();
        this.weights = weights.clone();
        this.constants = constants.clone();
        int in = means.length;
        for (int i = 0; i < weights.length; i++) {
            require(weights[i].length == in * constants[i].length, "weights must be [in][out] of each layer");
            in = constants[i].length;
        }
        require(spreads.length == means.length, "spreads must be as many as means");
        require(weights.length > 0 && in == 1, "the last layer must give one number");
        for (float spread : spreads) {
            require(spread > 0, "spreads must be > 0");
        }
    }

    /**
     * The network of a spec.
     *
     * @throws IllegalArgumentException if this release has no network of that name, or a different one
     */
    static VoiceNetwork of(VoiceSpec spec) {
        String resource = "/voice/" + spec.network() + ".bin";
        try (InputStream in = VoiceNetwork.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("voice.network must be one that this release has: network="
                        + spec.network() + "; use the release that the bundle was made with, or a newer one");
            }
            byte[] bytes = in.readAllBytes();
            String sha256 = sha256(bytes);
            if (!sha256.equals(spec.sha256())) {
                throw new IllegalArgumentException("voice.sha256 must be that of the network " + spec.network() + ", "
                        + sha256 + ": sha256=" + spec.sha256()
                        + "; use the release that the bundle was made with");
            }
            return fromBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("resource must be readable: " + resource, e);
        }
    }

    /** SHA-256, 64 hex digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Number of features that it reads. */
    int inputs() {
        return means.length;
    }

    /** Width of its widest layer, input included: the length of each scratch array of {@link #logOdds}. */
    int widest() {
        int widest = means.length;
        for (float[] layer : constants) {
            widest = Math.max(widest, layer.length);
        }
        return widest;
    }

    /**
     * The log-odds of a voice.
     *
     * @param features {@code [inputs]}
     * @param one scratch space, {@code [widest()]}
     * @param other scratch space, {@code [widest()]}
     */
    public float logOdds(float[] features, float[] one, float[] other) {
        for (int i = 0; i < means.length; i++) {
            one[i] = Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, (features[i] - means[i]) / spreads[i]));
        }
        float[] in = one;
        float[] out = other;
        int width = means.length;
        for (int layer = 0; layer < weights.length; layer++) {
            int outputs = constants[layer].length;
            System.arraycopy(constants[layer], 0, out, 0, outputs);
            float[] of = weights[layer];
            for (int i = 0, row = 0; i < width; i++, row += outputs) {
                float value = in[i];
                for (int o = 0; o < outputs; o++) {
                    out[o] += value * of[row + o];
                }
            }
            if (layer < weights.length - 1) {
                for (int o = 0; o < outputs; o++) {
                    out[o] = Math.max(0, out[o]);
                }
            }
            float[] swapped = in;
            in = out;
            out = swapped;
            width = outputs;
        }
        return in[0];
    }

    /** The bytes of the resource. */
    public byte[] toBytes() {
        int floats = 2 * means.length;
        for (int i = 0; i < weights.length; i++) {
            floats += weights[i].length + constants[i].length;
        }
        ByteBuffer bytes = ByteBuffer.allocate((3 + weights.length) * Integer.BYTES + floats * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(weights.length).putInt(means.length);
        for (float[] layer : constants) {
            bytes.putInt(layer.length);
        }
        put(bytes, means);
        put(bytes, spreads);
        for (int i = 0; i < weights.length; i++) {
            put(bytes, weights[i]);
            put(bytes, constants[i]);
        }
        return bytes.array();
    }

    /**
     * The network whose {@link #toBytes()} these are.
     *
     * @throws IllegalArgumentException where they are not
     */
    public static VoiceNetwork fromBytes(byte[] source) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN);
            require(bytes.getInt() == MAGIC, "a network must begin with VOV1");
            int layers = bytes.getInt();
            require(layers >= 1 && layers <= MOST_LAYERS, "a network must have 1 to 8 layers");
            int[] widths = new int[layers + 1];
            for (int i = 0; i <= layers; i++) {
                widths[i] = bytes.getInt();
                require(widths[i] >= 1 && widths[i] <= MOST_WIDTH, "widths must be 1 to 4096");
            }
            float[] means = get(bytes, widths[0]);
            float[] spreads = get(bytes, widths[0]);
            float[][] weights = new float[layers][];
            float[][] constants = new float[layers][];
            for (int i = 0; i < layers; i++) {
                weights[i] = get(bytes, widths[i] * widths[i + 1]);
                constants[i] = get(bytes, widths[i + 1]);
            }
            require(!bytes.hasRemaining(), "a network must end with its last constant");
            return new VoiceNetwork(means, spreads, weights, constants);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a network must be whole: length=" + source.length, e);
        }
    }

    private static void put(ByteBuffer bytes, float[] values) {
        for (float value : values) {
            bytes.putFloat(value);
        }
    }

    private static float[] get(ByteBuffer bytes, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes.getFloat();
            require(Float.isFinite(values[i]), "numbers of a network must be finite");
        }
        return values;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoiceNetwork network && Arrays.equals(toBytes(), network.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }
}
