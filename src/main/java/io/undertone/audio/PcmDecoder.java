package io.undertone.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns encoded bytes into samples in [-1, 1]. 16-bit values and G.711 values (which are 16-bit values) are divided by 32,768, so
 * that every sample but those of {@link SampleFormat#PCM_F32LE} is a whole multiple of 2^-15, which {@link PcmEncoder} turns
 * back losslessly. Stateless, thread-safe.
 */
public final class PcmDecoder {
    private static final float S16 = 1f / 32_768f;
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private PcmDecoder() {}

    /**
     * Decodes {@code samples} samples.
     *
     * @param format encoding of {@code bytes}
     * @param bytes mono samples
     * @param fromSample index of the first sample to decode
     * @param samples how many
     * @param target filled from {@code offset} on; values in [-1, 1]; floats as they are
     * @param offset index of the first value in {@code target}
     */
    public static void decode(
            SampleFormat format, byte[] bytes, int fromSample, int samples, float[] target, int offset) {
        switch (format) {
            case PCM_S16LE -> {
                for (int i = 0; i < samples; i++) {
                    target[offset + i] = (short) SHORTS.get(bytes, (fromSample + i) * 2) * S16;
                }
            }
            case PCM_F32LE -> {
                for (int i = 0; i < samples; i++) {
                    target[offset + i] = (float) FLOATS.get(bytes, (fromSample + i) * 4);
                }
            }
            case MULAW -> expand(G711.MULAW_VALUES, bytes, fromSample, samples, target, offset);
            case ALAW -> expand(G711.ALAW_VALUES, bytes, fromSample, samples, target, offset);
        }
    }

    /** Decodes all samples of {@code bytes}. */
    public static float[] decode(SampleFormat format, byte[] bytes) {
        float[] samples = new float[bytes.length / format.bytesPerSample()];
        decode(format, bytes, 0, samples.length, samples, 0);
        return samples;
    }

    private static void expand(float[] values, byte[] bytes, int fromSample, int samples, float[] target, int offset) {
        for (int i = 0; i < samples; i++) {
            target[offset + i] = values[bytes[fromSample + i] & 0xff];
        }
    }
}
