package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** Records that a sender might send: right ones, wrong ones, broken ones and noise, from one seed. Not thread-safe. */
final class ChunkFuzz {
    /** A record for the topic of audio. */
    record Sent(byte[] key, byte[] value) {}

    private static final int CALLS = 150;
    private static final int[] RATES = {8_000, 8_000, 8_000, 16_000, 22_050, 44_100, 48_000, 7_999, 48_001, 0, -1};
    private static final long[] TIMES = {
        0,
        1,
        -1,
        86_400_000L,
        TestVoice.STARTED_MS,
        4_102_444_799_999L,
        4_102_444_800_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;
    private final AvroCodec<AudioChunk> codec = new AvroCodec<>(AudioChunk.class);
    private final long[] positions = new long[CALLS];
    private int generation;

    ChunkFuzz(long seed) {
        random = new Random(seed);
    }

    Sent next() {
        int call = random.nextInt(CALLS);
        if (random.nextInt(5_000) == 0) {
            // Other calls from now on: those of before end as idle, or never.
            generation++;
        }
        String callId = chance(0.02) ? oddCallId() : "call-" + generation + "-" + call;
        byte[] value = codec.encode(chunk(call, callId));
        byte[] key = callId.getBytes(StandardCharsets.UTF_8);
        if (chance(0.02)) {
            key = chance(0.5) ? null : noise(random.nextInt(40));
        }
        if (chance(0.15)) {
            value = mutated(value);
        } else if (chance(0.01)) {
            value = chance(0.2) ? null : noise(random.nextInt(300));
        }
        return new Sent(key, value);
    }

    private AudioChunk chunk(int call, String callId) {
        Encoding encoding = Encoding.values()[chance(0.9) ? 2 : random.nextInt(4)];
        int rate = RATES[chance(0.93) ? 0 : random.nextInt(RATES.length)];
        int bytes = chance(0.9) ? 160 : chance(0.98) ? random.nextInt(2_000) : random.nextInt(300_000);
        byte[] audio = audio(encoding, bytes);
        long position =
                position(call, bytes / (encoding == Encoding.PCM_S16LE ? 2 : encoding == Encoding.PCM_F32LE ? 4 : 1));
        long time = chance(0.97) ? TestVoice.STARTED_MS + position / 8 : TIMES[random.nextInt(TIMES.length)];
        return AudioChunk.newBuilder()
                .setCallId(callId)
                .setRole(chance(0.95) ? Role.CUSTOMER : Role.values()[random.nextInt(3)])
                .setPosition(position)
                .setCapturedAt(Instant.ofEpochMilli(time))
                .setEncoding(encoding)
                .setSampleRateHz(rate)
                .setAudio(ByteBuffer.wrap(audio))
                .setLast(random.nextInt(300) == 0)
                .build();
    }

    private byte[] audio(Encoding encoding, int bytes) {
        byte[] audio = noise(bytes);
        if (encoding == Encoding.PCM_F32LE && chance(0.7)) {
            ByteBuffer floats = ByteBuffer.wrap(audio).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            while (floats.remaining() >= 4) {
                floats.putFloat(random.nextFloat() * 2 - 1);
            }
        }
        return audio;
    }

    /** Mostly the next one; else it repeats, goes back, jumps or overflows. */
    private long position(int call, int samples) {
        long next = positions[call];
        if (chance(0.9)) {
            positions[call] = next + samples;
            return next;
        }
        return switch (random.nextInt(7)) {
            case 0 -> Math.max(0, next - samples);
            case 1 -> next + random.nextInt(20_000);
            case 2 -> positions[call] = next + random.nextInt(2_000_000);
            case 3 -> -random.nextInt(1_000);
            case 4 -> (1L << 53) - random.nextInt(400);
            case 5 -> random.nextLong();
            default -> positions[call] = 0;
        };
    }

    private String oddCallId() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "x".repeat(10_240);
            case 2 -> "call\u0000\n\u001b[31m";
            case 3 -> "\uFFFD\uD83D\uDE00";
            default -> "y".repeat(255 + random.nextInt(3));
        };
    }

    private byte[] mutated(byte[] bytes) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
            default -> {
                byte[] changed = bytes.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    // Where the fields are, rather than in the audio.
                    changed[random.nextInt(Math.min(60, changed.length))] ^= (byte) (1 << random.nextInt(8));
                }
                yield changed;
            }
        };
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }

    private boolean chance(double p) {
        return random.nextDouble() < p;
    }
}
