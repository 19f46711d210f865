package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.codec.AvroCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A synthetic voice: syllables of harmonics with pauses between them, and chunks of it. */
public final class TestVoice {
    public static final int RATE_HZ = 8_000;
    public static final long STARTED_MS = 1_790_000_000_000L;

    private TestVoice() {}

    /** Samples in [-1, 1]: another seed is another voice. */
    public static float[] speech(int seconds, long seed) {
        Random random = new Random(seed);
        double pitchHz = 110 + random.nextInt(120);
        float[] samples = new float[seconds * RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            double t = (double) i / RATE_HZ;
            boolean syllable = t % 0.5 < 0.32;
            double sum = 0;
            for (int k = 1; k <= 12; k++) {
                sum += Math.sin(2 * Math.PI * pitchHz * k * t + seed * k) / (1 + Math.abs(k - 4 - 2 * Math.sin(t)));
            }
            double level = syllable ? 0.12 * Math.sin(Math.PI * (t % 0.5) / 0.32) : 0;
            samples[i] = (float) (level * sum + 0.0005 * random.nextGaussian());
        }
        return samples;
    }

    /** The samples as mu-law chunks of one leg, the last one marked. */
    public static List<AudioChunk> chunks(String callId, Role role, float[] samples, int chunkMs) {
        int size = RATE_HZ * chunkMs / 1000;
        List<AudioChunk> chunks = new ArrayList<>();
        for (int from = 0; from < samples.length; from += size) {
            int count = Math.min(size, samples.length - from);
            chunks.add(chunk(
                    callId,
                    role,
                    from,
                    PcmEncoder.encode(SampleFormat.MULAW, samples, from, count),
                    from + count >= samples.length));
        }
        return chunks;
    }

    /** One mu-law chunk. */
    public static AudioChunk chunk(String callId, Role role, long position, byte[] audio, boolean last) {
        return AudioChunk.newBuilder()
                .setCallId(callId)
                .setRole(role)
                .setPosition(position)
                .setCapturedAt(Instant.ofEpochMilli(STARTED_MS + position * 1000 / RATE_HZ))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(RATE_HZ)
                .setAudio(ByteBuffer.wrap(audio))
                .setLast(last)
                .build();
    }

    /** The chunk as it travels. */
    public static byte[] bytes(AudioChunk chunk) {
        return new AvroCodec<>(AudioChunk.class).encode(chunk);
    }
}
