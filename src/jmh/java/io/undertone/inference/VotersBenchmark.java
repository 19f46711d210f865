package io.undertone.inference;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.NewestBundle;
import io.undertone.features.FeatureSpec;
import io.undertone.model.Ensembles;
import io.undertone.vote.MajorityVote;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One window alone through all six voters on one thread, as served, and the vote over their answers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VotersBenchmark {
    @Param({"reference", "telephone"})
    private String bundle = "reference";

    private VotingEnsemble ensemble;
    private List<Window> window;
    private Probabilities probabilities;
    private MajorityVote vote;

    @Setup(Level.Trial)
    public void open() {
        BundleContent content = NewestBundle.open(bundle);
        FeatureSpec spec = content.features();
        ensemble = Ensembles.open(content, EngineSettings.auto(1));
        int rows = spec.pooling() == FeatureSpec.Pooling.FRAMES ? spec.maxFramesPerWindow() : 1;
        Random random = new Random(1);
        float[] values = new float[rows * spec.coefficients()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 10;
        }
        window = List.of(new Window(0, 0, spec.windowMs(), 0, 1, -30, rows, values));
        probabilities = ensemble.newProbabilities();
        ensemble.predict(window, probabilities);
        vote = new MajorityVote(ensemble.voters(), ensemble.labels(), content.temperature());
    }

    @Benchmark
    public Probabilities oneWindow() {
        ensemble.predict(window, probabilities);
        return probabilities;
    }

    @Benchmark
    public Verdict vote() {
        return vote.decide(probabilities, 0);
    }

    @TearDown(Level.Trial)
    public void close() {
        ensemble.close();
    }
}
