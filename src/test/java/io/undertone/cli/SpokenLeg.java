package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.audio.AudioFile;
import io.undertone.audio.PcmDecoder;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/**
 * A leg to be sent: some seconds of the sample call's customer, as G.711 has them, in chunks of one length.
 *
 * @param callId its call
 * @param samples at {@link #RATE_HZ}, values that mu-law holds exactly
 * @param chunkMs length of its chunks
 */
record SpokenLeg(String callId, float[] samples, int chunkMs) {
    static final int RATE_HZ = 8_000;
    private static final int[] CHUNK_MS = {100, 200, 400, 1_000};

    /** What all legs are cut from. */
    static float[] material() throws Exception {
        float[] samples = AudioFile.read(Path.of("demo/call.wav")).channel(1);
        byte[] coded = PcmEncoder.encode(SampleFormat.MULAW, samples, 0, samples.length);
        return PcmDecoder.decode(SampleFormat.MULAW, coded);
    }

    /** A leg cut at random, of {@code minS} to {@code maxS} seconds. */
    static SpokenLeg cut(String callId, float[] material, Random random, int minS, int maxS) {
        int length = minS * RATE_HZ + random.nextInt((maxS - minS) * RATE_HZ);
        int from = random.nextInt(material.length - length);
        return new SpokenLeg(
                callId, Arrays.copyOfRange(material, from, from + length), CHUNK_MS[random.nextInt(CHUNK_MS.length)]);
    }

    Recording recording() {
        return new Recording(RATE_HZ, new float[][] {samples});
    }

    /** The chunk that begins at a position. */
    AudioChunk chunk(int position, long startedAtMs) {
        int count = Math.min(chunkMs * RATE_HZ / 1000, samples.length - position);
        return AudioChunk.newBuilder()
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setPosition(position)
                .setCapturedAt(Instant.ofEpochMilli(startedAtMs + position * 1000L / RATE_HZ))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(RATE_HZ)
                .setAudio(ByteBuffer.wrap(PcmEncoder.encode(SampleFormat.MULAW, samples, position, count)))
                .setLast(position + count == samples.length)
                .build();
    }
}
