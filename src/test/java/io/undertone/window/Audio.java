package io.undertone.window;

import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Audio made up for tests, and its chunks. */
final class Audio {
    /** When the first sample of test legs is spoken. */
    static final long STARTED_AT_MS = 1_700_000_000_000L;

    private Audio() {}

    /** Bursts of a buzzing voice of 0.7 s with pauses of 0.3 s, over faint noise; [-1, 1]. */
    static float[] voice(int samples, int rateHz, long seed) {
        Random random = new Random(seed);
        float[] audio = new float[samples];
        for (int i = 0; i < samples; i++) {
            double t = (double) i / rateHz;
            boolean speaks = t % 1.0 < 0.7;
            double voice = 0;
            for (int harmonic = 1; speaks && harmonic <= 12; harmonic++) {
                voice += Math.sin(2 * Math.PI * harmonic * (140 + 30 * Math.sin(3 * t)) * t) / harmonic;
            }
            audio[i] =
                    (float) (0.1 * voice * (1 + 0.5 * Math.sin(2 * Math.PI * 4 * t)) + 0.001 * random.nextGaussian());
        }
        return audio;
    }

    /** One chunk of a leg's audio, with the time that its position says. */
    static Chunk chunk(float[] leg, int rateHz, SampleFormat format, int from, int to, boolean last) {
        return chunk(leg, rateHz, format, from, to, 0, last);
    }

    /** The same, where the leg's first sample stands at {@code base}. */
    static Chunk chunk(float[] leg, int rateHz, SampleFormat format, int from, int to, long base, boolean last) {
        try {
            return Chunk.of(
                    base + from,
                    STARTED_AT_MS + from * 1000L / rateHz,
                    format,
                    rateHz,
                    PcmEncoder.encode(format, leg, from, to - from),
                    last,
                    1 << 22);
        } catch (ChunkRefusedException e) {
            throw new AssertionError(e);
        }
    }

    /** A leg's audio in chunks of {@code size} samples, the final one marked last. */
    static List<Chunk> chunks(float[] leg, int rateHz, SampleFormat format, int size) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < leg.length; from += size) {
            int to = Math.min(leg.length, from + size);
            chunks.add(chunk(leg, rateHz, format, from, to, to == leg.length));
        }
        return chunks;
    }

    /** A leg's audio in chunks of random sizes of {@code 1} to {@code most} samples, the final one marked last. */
    static List<Chunk> irregularChunks(float[] leg, int rateHz, SampleFormat format, int most, Random random) {
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0, to; from < leg.length; from = to) {
            to = Math.min(leg.length, from + 1 + random.nextInt(most));
            chunks.add(chunk(leg, rateHz, format, from, to, to == leg.length));
        }
        return chunks;
    }
}
