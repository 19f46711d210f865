package io.undertone.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns samples in [-1, 1] into encoded bytes. Values are rounded to the nearest 16-bit value and clipped, then compressed
 * where the format is G.711; floats stay as they are. {@code encode(decode(bytes))} gives the bytes back (but for the
 * mu-law code of negative zero, which becomes that of zero). Stateless, thread-safe.
 */
public final class PcmEncoder {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private PcmEncoder() {}

    /**
     * Encodes samples {@code [from; from + count)}.
     *
     * @param format encoding of the result
     * @param samples mono, [-1, 1]
     * @param from index of the first
     * @param count how many
     * @return {@code count * format.bytesPerSample()} bytes
     */
    public static byte[] encode(SampleFormat format, float[] samples, int from, int count) {
        byte[] bytes = new byte[count * format.bytesPerSample()];
        for (int i = 0; i < count; i++) {
            float sample = samples[from + i];
            switch (format) {
                case PCM_S16LE -> SHORTS.set(bytes, i * 2, (short) toS16(sample));
                case PCM_F32LE -> FLOATS.set(bytes, i * 4, sample);
                case MULAW -> bytes[i] = G711.toMulaw(toS16(sample));
                case ALAW -> bytes[i] = G711.toAlaw(toS16(sample));
            }
        }
        return bytes;
    }

    private static int toS16(float sample) {
        return Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768f)));
    }
}
