package io.undertone.window;

import java.nio.ByteBuffer;

/**
 * Samples as bytes, without loss: two bytes each where all are whole multiples of 2^-15 (as samples of 16 bits and of G.711 are),
 * four otherwise. Stateless.
 */
final class SampleCodec {
    private static final float S16 = 32_768f;

    private SampleCodec() {}

    static int maxBytes(int samples) {
        return 1 + Integer.BYTES + samples * Float.BYTES;
    }

    static void write(float[] samples, ByteBuffer target) {
        boolean whole = areWhole(samples);
        target.put((byte) (whole ? 1 : 0)).putInt(samples.length);
        for (float sample : samples) {
            if (whole) {
                target.putShort((short) (sample * S16));
            } else {
                target.putFloat(sample);
            }
        }
    }

    static float[] read(ByteBuffer source) {
        boolean whole = source.get() == 1;
        float[] samples = new float[source.getInt()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = whole ? source.getShort() / S16 : source.getFloat();
        }
        return samples;
    }

    private static boolean areWhole(float[] samples) {
        for (float sample : samples) {
            // Negative zero would come back as zero: the same sample, but not the same bits.
            if ((short) (sample * S16) != sample * S16 || Float.floatToRawIntBits(sample) == Integer.MIN_VALUE) {
                return false;
            }
        }
        return true;
    }
}
