package io.undertone.features;

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

/**
 * Frames of ten seconds of noise to log-mel energies, by both specs, beside TarsosDSP's own MFCC with 128 filters at the reference
 * spec's frame and hop. An operation is one second of audio: the score is seconds of audio a second of one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrontEndBenchmark {
    private static final int SECONDS = FrontEndTurns.SECONDS;

    private final float[] wide = FrontEndTurns.noise(SECONDS * 22_050);
    private final float[] narrow = FrontEndTurns.noise(SECONDS * 8_000);
    private final LogMelProcessor reference =
            FrontEnd.of(FeatureSpecs.reference()).processor();
    private final LogMelProcessor telephone =
            FrontEnd.of(FeatureSpecs.telephone()).processor();
    private final Runnable tarsos = FrontEndTurns.tarsos();

    @Benchmark
    @OperationsPerInvocation(SECONDS)
    public float reference() {
        return logMel(reference, FeatureSpecs.reference(), wide);
    }

    @Benchmark
    @OperationsPerInvocation(SECONDS)
    public float telephone() {
        return logMel(telephone, FeatureSpecs.telephone(), narrow);
    }

    @Benchmark
    @OperationsPerInvocation(SECONDS)
    public void tarsosDspMfcc128() {
        tarsos.run();
    }

    private static float logMel(LogMelProcessor processor, FeatureSpec spec, float[] audio) {
        float sum = 0;
        for (int from = 0; from + spec.frameSamples() <= audio.length; from += spec.hopSamples()) {
            processor.frame(audio, from);
            sum += processor.logMel()[0];
        }
        return sum;
    }
}
