package io.undertone.audio;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ten seconds of noise from 8 to 22.05 kHz in chunks of 200 ms. An operation is one second of audio: the score is times real time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResamplerBenchmark {
    private static final int SECONDS = 10;
    private static final int CHUNK = 1_600;

    private final float[] audio = noise(SECONDS * 8_000);
    private final StreamingResampler resampler = new StreamingResampler(8_000, 22_050);
    private final float[] output = new float[resampler.maxOutputs(CHUNK)];

    static float[] noise(int samples) {
        Random random = new Random(1);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextGaussian() * 0.1f;
        }
        return noise;
    }

    @Benchmark
    @OperationsPerInvocation(SECONDS)
    public int resample() {
        int made = 0;
        for (int from = 0; from < audio.length; from += CHUNK) {
            made += resampler.process(audio, from, CHUNK, output, 0);
            resampler.keepFrom(resampler.nextOutput());
        }
        return made;
    }
}
