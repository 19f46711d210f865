package io.undertone.cli;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.audio.AudioFile;
import io.undertone.audio.PcmDecoder;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.classify.FileLeg;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.EndReason;
import io.undertone.window.Leg;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A leg to be sent: some seconds of the sample call's customer, as G.711 has them, in chunks of one length.
 *
 * @param callId its call
 * @param samples at {@link #RATE_HZ}, values that mu-law holds exactly
 * @param chunkMs length of its chunks
 * @param sent numbers of its chunks, in the order in which they are sent
 */
record SpokenLeg(String callId, float[] samples, int chunkMs, List<Integer> sent) {
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
        int chunkMs = CHUNK_MS[random.nextInt(CHUNK_MS.length)];
        int chunks = (length + chunkMs * RATE_HZ / 1000 - 1) / (chunkMs * RATE_HZ / 1000);
        return new SpokenLeg(
                callId,
                Arrays.copyOfRange(material, from, from + length),
                chunkMs,
                IntStream.range(0, chunks).boxed().toList());
    }

    /** The same over a bad line: some chunks overtake the one before, some come twice, one or two in a row may never come. */
    SpokenLeg disturbed(Random random) {
        List<Integer> order = new ArrayList<>(sent);
        int last = order.size() - 1;
        for (int i = 1; i + 1 < last; i++) {
            if (random.nextInt(4) == 0) {
                Collections.swap(order, i, i + 1);
                i++;
            }
        }
        if (random.nextInt(3) == 0) {
            // Neither the first nor the last: those say when the leg begins and ends.
            int lost = 1 + random.nextInt(last - 2);
            order.remove(Integer.valueOf(lost));
            if (random.nextBoolean()) {
                order.remove(Integer.valueOf(Math.min(lost + 1, last - 1)));
            }
        }
        for (int i = order.size() - 2; i > 0; i--) {
            if (random.nextInt(10) == 0) {
                order.add(i + 1, order.get(i));
            }
        }
        return new SpokenLeg(callId, samples, chunkMs, List.copyOf(order));
    }

    int samplesPerChunk() {
        return chunkMs * RATE_HZ / 1000;
    }

    /** When a chunk of this number has been spoken, ms after the leg's start. */
    long spokenMs(int number) {
        return Math.min((number + 1L) * samplesPerChunk(), samples.length) * 1000 / RATE_HZ;
    }

    /** What an undisturbed run makes of what is sent of it. */
    FileLeg expected(FeatureSpec spec, LegSettings settings) throws Exception {
        List<Window> windows = new ArrayList<>();
        Leg leg = null;
        for (int number : new TreeSet<>(sent)) {
            AudioChunk record = chunk(number * samplesPerChunk(), 0);
            Chunk chunk = Chunk.of(
                    record.getPosition(),
                    record.getCapturedAt().toEpochMilli(),
                    SampleFormat.MULAW,
                    RATE_HZ,
                    record.getAudio().array(),
                    record.getLast(),
                    1 << 20);
            leg = leg == null ? Leg.open(spec, settings, chunk, 0) : leg;
            leg.accept(chunk, 0, windows::add);
        }
        // What was lost is waited for, and given up.
        leg.flushHeld(3_600_000, windows::add);
        return new FileLeg(windows, leg.end(EndReason.LAST_CHUNK, windows::add));
    }

    /** The customer's chunk that begins at a position. */
    AudioChunk chunk(int position, long startedAtMs) {
        return chunk(Role.CUSTOMER, position, startedAtMs);
    }

    /** The chunk of a role that begins at a position: the agent says what the customer says half the leg's length later, or earlier. */
    AudioChunk chunk(Role role, int position, long startedAtMs) {
        float[] said = role == Role.CUSTOMER ? samples : turned();
        int count = Math.min(samplesPerChunk(), samples.length - position);
        return AudioChunk.newBuilder()
                .setCallId(callId)
                .setRole(role)
                .setPosition(position)
                .setCapturedAt(Instant.ofEpochMilli(startedAtMs + position * 1000L / RATE_HZ))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(RATE_HZ)
                .setAudio(ByteBuffer.wrap(PcmEncoder.encode(SampleFormat.MULAW, said, position, count)))
                .setLast(position + count == samples.length)
                .build();
    }

    private float[] turned() {
        int half = samples.length / 2;
        float[] turned = new float[samples.length];
        System.arraycopy(samples, half, turned, 0, samples.length - half);
        System.arraycopy(samples, 0, turned, samples.length - half, half);
        return turned;
    }
}
