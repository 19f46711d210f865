package io.undertone.window;

import io.undertone.audio.G711;
import java.nio.ByteBuffer;

/**
 * Samples as bytes, without loss: one byte each if all are values of mu-law, two if all are whole multiples of 2^-15 (as
 * samples of 16 bits are), four otherwise. Stateless.
 */
final class SampleCodec {
    private static final float S16 = 32_768f;
    private static final byte FLOATS = 0;
    private static final byte WHOLE = 1;
    private static final byte MULAW = 2;

    private SampleCodec() {}

    static int maxBytes(int samples) {
        return 1 + Integer.BYTES + samples * Float.BYTES;
    }

    static void write(float[] samples, ByteBuffer target) {
        int start = target.position();
        target.put(MULAW).putInt(samples.length);
        if (!writeMulaw(samples, target)) {
            target.position(start);
            target.put(WHOLE).putInt(samples.length);
            if (!writeWhole(samples, target)) {
                target.position(start);
                target.put(FLOATS).putInt(samples.length);
                for (float sample : samples) {
                    target.putFloat(sample);
                }
            }
        }
    }

    /** Writes a byte for each sample; false, with some written, if one of them would not be read back bit for bit. */
    private static boolean writeMulaw(float[] samples, ByteBuffer target) {
        for (float sample : samples) {
            byte code = G711.toMulaw((int) (sample * S16));
            if (differs(sample, G711.fromMulaw(code) / S16)) {
                return false;
            }
            target.put(code);
        }
        return true;
    }

    /** The same with two bytes. */
    private static boolean writeWhole(float[] samples, ByteBuffer target) {
        for (float sample : samples) {
            short value = (short) (sample * S16);
            if (differs(sample, value / S16)) {
                return false;
            }
            target.putShort(value);
        }
        return true;
    }

    /** Whether the bits differ: negative zero is not zero. */
    private static boolean differs(float sample, float other) {
        return Float.floatToRawIntBits(sample) != Float.floatToRawIntBits(other);
    }

    static float[] read(ByteBuffer source) {
        byte kind = source.get();
        float[] samples = new float[source.getInt()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = switch (kind) {
                case MULAW -> G711.fromMulaw(source.get()) / S16;
                case WHOLE -> source.getShort() / S16;
                default -> source.getFloat();
            };
        }
        return samples;
    }
}
