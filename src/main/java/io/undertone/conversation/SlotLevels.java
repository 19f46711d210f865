package io.undertone.conversation;

import io.undertone.ingest.Chunk;
import java.util.Arrays;

/**
 * Loudness of a chunk in slots of 100 ms, aligned to tenths of seconds since 1970: the level of each slot's loudest frame of 20 ms, as one byte. 0: no sample of the slot was received. 1: digital silence. 2 to 255: -127 to -0.5 dB in steps of 0.5 dB. A slot that is
 * received twice, in any order, keeps the louder level: duplicates and disorder change nothing. Not thread-safe.
 */
public final class SlotLevels {
    /** Length of a slot. */
    public static final int SLOT_MS = 100;

    /** No sample was received. */
    public static final byte NO_AUDIO = 0;

    static final byte DIGITAL_SILENCE = 1;

    private static final int FRAME_MS = 20;
    /** The minimum length of a frame's received samples; less would not be representative. */
    private static final int MIN_FRAME_MS = 5;

    private static final double NOTHING = 1e-13;
    private static final int LEVEL_0_DB = 256;

    private float[] samples = new float[0];
    private long firstSlot;
    private byte[] levels = new byte[0];

    /** Measures a chunk; its results are valid until the next call. */
    public void receive(Chunk chunk) {
        int count = chunk.samples();
        if (samples.length < count) {
            samples = new float[count];
        }
        chunk.decode(0, count, samples, 0);
        long startMs = chunk.capturedAtMs();
        long endMs = startMs + (count * 1000L + chunk.sampleRateHz() - 1) / chunk.sampleRateHz();
        firstSlot = Math.floorDiv(startMs, SLOT_MS);
        levels = new byte[count == 0 ? 0 : (int) (Math.floorDiv(endMs + SLOT_MS - 1, SLOT_MS) - firstSlot)];
        for (int slot = 0; slot < levels.length; slot++) {
            levels[slot] = level(chunk, count, (firstSlot + slot) * SLOT_MS - startMs);
        }
    }

    /** @param fromMs start of the slot relative to the chunk's first sample; may be negative */
    private byte level(Chunk chunk, int count, long fromMs) {
        int rate = chunk.sampleRateHz();
        double loudest = -1;
        for (long frameMs = fromMs; frameMs < fromMs + SLOT_MS; frameMs += FRAME_MS) {
            int from = at(frameMs, rate, count);
            int to = at(frameMs + FRAME_MS, rate, count);
            if ((to - from) * 1000L >= (long) MIN_FRAME_MS * rate) {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    sum += (double) samples[i] * samples[i];
                }
                loudest = Math.max(loudest, sum / (to - from));
            }
        }
        return encode(loudest);
    }

    private static int at(long ms, int rate, int count) {
        return (int) Math.max(0, Math.min(count, (ms * rate + 999) / 1000));
    }

    private static byte encode(double meanSquare) {
        if (meanSquare < 0) {
            return NO_AUDIO;
        }
        if (meanSquare < NOTHING) {
            return DIGITAL_SILENCE;
        }
        long steps = Math.round(2 * 10 * StrictMath.log10(meanSquare)) + LEVEL_0_DB;
        return (byte) Math.max(DIGITAL_SILENCE + 1, Math.min(LEVEL_0_DB - 1, steps));
    }

    /** The level that a byte encodes, dB; -127.5 for digital silence. */
    static double decibels(byte level) {
        return (Byte.toUnsignedInt(level) - LEVEL_0_DB) / 2.0;
    }

    /** The louder of two levels. */
    public static byte louder(byte one, byte other) {
        return Byte.toUnsignedInt(one) >= Byte.toUnsignedInt(other) ? one : other;
    }

    /** The chunk's first slot, counted from 1970. */
    public long firstSlot() {
        return firstSlot;
    }

    /** The level of each slot, starting with the first. */
    public byte[] levels() {
        return Arrays.copyOf(levels, levels.length);
    }
}
