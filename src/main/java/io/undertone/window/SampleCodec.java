package io.undertone.window;

import io.undertone.audio.G711;
import java.nio.ByteBuffer;

/**
 * Samples as bytes, without loss: one byte each where all are values of mu-law, two where all are whole multiples of 2^-15 (as
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
        byte kind = !areWhole(samples) ? FLOATS : areMulaw(samples) ? MULAW : WHOLE;
        target.put(kind).putInt(samples.length);
        for (float sample : samples) {
            switch (kind) {
                case MULAW -> target.put(G711.toMulaw((int) (sample * S16)));
                case WHOLE -> target.putShort((short) (sample * S16));
                default -> target.putFloat(sample);
            }
        }
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

    private static boolean areMulaw(float[] samples) {
        for (float sample : samples) {
            int value = (int) (sample * S16);
            if (G711.fromMulaw(G711.toMulaw(value)) != value) {
                return false;
            }
        }
        return true;
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
