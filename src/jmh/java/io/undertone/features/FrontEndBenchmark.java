package io.undertone.features;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;
import be.tarsos.dsp.mfcc.MFCC;
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
    private static final int SECONDS = 10;

    private final float[] wide = noise(SECONDS * 22_050);
    private final float[] narrow = noise(SECONDS * 8_000);
    private final LogMelProcessor reference =
            FrontEnd.of(FeatureSpecs.reference()).processor();
    private final LogMelProcessor telephone =
            FrontEnd.of(FeatureSpecs.telephone()).processor();
    private final MFCC tarsos = new MFCC(2_048, 22_050, 40, 128, 0, 11_025);
    private final AudioEvent event = new AudioEvent(new TarsosDSPAudioFormat(22_050, 16, 1, true, false));
    private final float[] frame = new float[2_048];

    private static float[] noise(int samples) {
        Random random = new Random(1);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextGaussian() * 0.1f;
        }
        return noise;
    }

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
    public float tarsosDspMfcc128() {
        float sum = 0;
        for (int from = 0; from + frame.length <= wide.length; from += 512) {
            System.arraycopy(wide, from, frame, 0, frame.length);
            event.setFloatBuffer(frame);
            tarsos.process(event);
            sum += tarsos.getMFCC()[0];
        }
        return sum;
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
