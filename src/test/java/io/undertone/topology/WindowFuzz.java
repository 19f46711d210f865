package io.undertone.topology;

import io.undertone.EndReason;
import io.undertone.LegEnd;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.features.FeatureSpecs;
import io.undertone.publish.WindowRecords;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** Records for the topic between the two applications: right, wrong, broken. Not thread-safe. */
final class WindowFuzz {
    private final Random random;
    private final AvroCodec<MfccWindow> codec = new AvroCodec<>(MfccWindow.class);
    private final WindowRecords records = new WindowRecords(FeatureSpecs.telephone());
    private final int[] next = new int[20];
    private int call;

    WindowFuzz(long seed) {
        random = new Random(seed);
    }

    byte[] key() {
        return random.nextInt(50) == 0
                ? null
                : TestLegs.customer("call-" + call).recordKey();
    }

    byte[] next() {
        call = random.nextInt(next.length);
        int index = random.nextInt(20) == 0 ? random.nextInt(50) - 5 : next[call]++;
        int rows = 1 + random.nextInt(40);
        float[] values = new float[rows * FeatureSpecs.telephone().coefficients()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 20;
        }
        if (random.nextInt(30) == 0) {
            values[random.nextInt(values.length)] = Float.NaN;
        }
        MfccWindow window = records.ofWindow(
                TestLegs.customer("call-" + call),
                new Window(index, index * 1_000L, index * 1_000L + 3_000, TestVoice.STARTED_MS, 1, -20, rows, values));
        if (random.nextInt(20) == 0) {
            window = odd(window);
        }
        byte[] bytes = codec.encode(window);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(Math.min(80, bytes.length))] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(50) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private MfccWindow odd(MfccWindow window) {
        MfccWindow.Builder odd = MfccWindow.newBuilder(window);
        switch (random.nextInt(6)) {
            case 0 -> odd.setRows(random.nextInt());
            case 1 -> odd.setFeatureSpec("another");
            case 2 -> odd.setCoefficients(ByteBuffer.allocate(random.nextInt(100)));
            case 3 -> odd.setStartMs(random.nextLong());
            case 4 -> odd.setRole(Role.AGENT).setCallId("\u0000");
            default -> {
                next[call] = 0;
                odd.setEnd(LegEnd.newBuilder()
                        .setReason(EndReason.LAST_CHUNK)
                        .setStartedAt(Instant.EPOCH)
                        .setDurationMs(random.nextLong())
                        .setSpeechMs(1)
                        .setWindows(random.nextInt())
                        .setSilentWindows(random.nextInt())
                        .setGaps(0)
                        .setGapMs(0)
                        .setDuplicateChunks(0)
                        .setLateChunks(0)
                        .build());
            }
        }
        return odd.build();
    }
}
