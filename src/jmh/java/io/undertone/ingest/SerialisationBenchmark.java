package io.undertone.ingest;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.publish.WindowRecords;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records to bytes and back: a chunk of 200 ms mu-law at 8 kHz (1.6 KB), a telephone window of all its frames (12 KB). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerialisationBenchmark {
    private final AvroCodec<AudioChunk> chunks = new AvroCodec<>(AudioChunk.class);
    private final AvroCodec<MfccWindow> windows = new AvroCodec<>(MfccWindow.class);
    private final WindowRecords records = new WindowRecords(FeatureSpecs.telephone());
    private final AudioChunk chunk = chunk();
    private final byte[] chunkBytes = chunks.encode(chunk);
    private final LegId leg = new LegId("a-call-of-some-length", Role.CUSTOMER);
    private final Window window = window();
    private final byte[] windowBytes = windows.encode(records.ofWindow(leg, window));

    private static AudioChunk chunk() {
        byte[] audio = new byte[1_600];
        new Random(1).nextBytes(audio);
        return AudioChunk.newBuilder()
                .setCallId("a-call-of-some-length")
                .setRole(Role.CUSTOMER)
                .setPosition(160_000)
                .setCapturedAt(Instant.ofEpochMilli(1_700_000_000_000L))
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(8_000)
                .setAudio(ByteBuffer.wrap(audio))
                .setLast(false)
                .build();
    }

    private static Window window() {
        FeatureSpec spec = FeatureSpecs.telephone();
        Random random = new Random(1);
        float[] values = new float[spec.maxFramesPerWindow() * spec.coefficients()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 10;
        }
        return new Window(5, 5_000, 8_000, 1_700_000_008_000L, 1, -30, spec.maxFramesPerWindow(), values);
    }

    @Benchmark
    public byte[] chunkToBytes() {
        return chunks.encode(chunk);
    }

    @Benchmark
    public AudioChunk chunkFromBytes() throws UnreadableRecordException {
        return chunks.decode(chunkBytes);
    }

    @Benchmark
    public byte[] windowToBytes() {
        return windows.encode(records.ofWindow(leg, window));
    }

    @Benchmark
    public Window windowFromBytes() throws UnreadableRecordException {
        return records.window(windows.decode(windowBytes));
    }
}
