package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.BundleContent;
import io.undertone.features.FeatureSpec;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.model.Ensembles;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What is said about a window doesn't depend on the windows beside it, their number or their rows. */
class BatchIndependencePropertyTest {
    private static final BundleContent CONTENT = TestBundles.frames();
    private static final FeatureSpec FEATURES = CONTENT.features();
    private static VotingEnsemble onnx;
    private static VotingEnsemble dl4j;

    @BeforeContainer
    static void open() {
        onnx = Ensembles.open(CONTENT, new EngineSettings(Engine.ONNX, Device.CPU, 1));
        dl4j = Ensembles.open(CONTENT, new EngineSettings(Engine.DL4J, Device.AUTO, 1));
    }

    @AfterContainer
    static void close() {
        onnx.close();
        dl4j.close();
    }

    @Property(tries = 15)
    void shouldSayTheSameAlone(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 150) Integer> rows,
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        holdsFor(onnx, rows, seed);
    }

    @Property(tries = 5)
    void shouldSayTheSameAloneOnDeeplearning4j(
            @ForAll @Size(min = 2, max = 4) List<@IntRange(min = 1, max = 150) Integer> rows,
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        holdsFor(dl4j, rows, seed);
    }

    private static void holdsFor(VotingEnsemble ensemble, List<Integer> rows, long seed) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            windows.add(TestBundles.window(FEATURES, rows.get(i), i, seed + i));
        }
        Probabilities together = ensemble.newProbabilities();
        ensemble.predict(windows, together);
        Probabilities alone = ensemble.newProbabilities();
        for (int i = 0; i < windows.size(); i++) {
            ensemble.predict(List.of(windows.get(i)), alone);
            for (int voter = 0; voter < together.voters(); voter++) {
                float sum = 0;
                for (int label = 0; label < together.labels(); label++) {
                    assertThat(Math.abs(together.get(i, voter, label) - alone.get(0, voter, label)))
                            .isLessThan(2e-5f);
                    sum += together.get(i, voter, label);
                }
                assertThat(sum).isBetween(0.9999f, 1.0001f);
            }
        }
    }
}
