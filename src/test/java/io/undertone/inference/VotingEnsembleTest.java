package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.BundleContent;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.model.Ensembles;
import io.undertone.window.Window;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VotingEnsembleTest {
    private static final BundleContent CONTENT = TestBundles.reference();
    private static final List<Window> WINDOWS = TestBundles.windows(CONTENT.features(), 3, 1);

    @Test
    void shouldKeepTheOthersSayWhereAVoterThrows() {
        TreeVoter broken = new FakeTrees((windows, probabilities, voter) -> {
            throw new EngineException("out of order");
        });
        try (VotingEnsemble ensemble = new VotingEnsemble(CONTENT, new EvenNetworks(5), broken)) {
            Probabilities probabilities = ensemble.newProbabilities();

            ensemble.predict(WINDOWS, probabilities);

            assertThat(probabilities.answered(2, 4)).isTrue();
            assertThat(probabilities.answered(0, 5)).isFalse();
            assertThat(probabilities.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.voter()).isEqualTo("xgboost");
                assertThat(failure.windows()).isEqualTo(3);
                assertThat(failure.reason()).contains("out of order");
                assertThat(failure.cause()).isInstanceOf(EngineException.class);
            });
        }
    }

    @Test
    void shouldTakeTheSayAwayWhereNumbersAreNoProbabilities() {
        TreeVoter wrong = new FakeTrees((windows, probabilities, voter) -> {
            for (int window = 0; window < windows.size(); window++) {
                for (int label = 0; label < 8; label++) {
                    probabilities.set(window, voter, label, window == 1 ? Float.NaN : window == 2 ? 0.2f : 0.125f);
                }
            }
        });
        try (VotingEnsemble ensemble = new VotingEnsemble(CONTENT, new EvenNetworks(5), wrong)) {
            Probabilities probabilities = ensemble.newProbabilities();

            ensemble.predict(WINDOWS, probabilities);

            assertThat(probabilities.answered(0, 5)).isTrue();
            assertThat(probabilities.answered(1, 5)).isFalse();
            assertThat(probabilities.answered(2, 5)).isFalse();
            assertThat(probabilities.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.windows()).isEqualTo(2));

            probabilities.reset(3);
            assertThat(probabilities.answered(1, 5)).isTrue();
            assertThat(probabilities.failures()).isEmpty();
        }
    }

    @Test
    void shouldShiftAnswersByTheContrast() {
        BundleContent content = TestBundles.contrasted();
        int labels = content.labels().size();
        TreeVoter even = new FakeTrees((windows, probabilities, voter) -> {
            for (int window = 0; window < windows.size(); window++) {
                for (int label = 0; label < labels; label++) {
                    probabilities.set(window, voter, label, window == 3 ? Float.NaN : 1f / labels);
                }
            }
        });
        List<Window> windows = List.of(
                withContrast(content),
                withContrast(content, 0, 1, 2, 3, 0),
                withContrast(content, 1, 0, 0, 0, 2),
                withContrast(content, 1, 0, 0, 0, 2));
        try (VotingEnsemble ensemble = new VotingEnsemble(content, new EvenNetworks(5), even)) {
            Probabilities probabilities = ensemble.newProbabilities();
            ensemble.predict(windows, probabilities);

            for (int voter = 0; voter < 6; voter++) {
                assertThat(probabilities.get(0, voter, 7)).isEqualTo(1f / labels); // nothing is known of it
                assertThat(probabilities.get(1, voter, 7))
                        .isCloseTo(1f / labels, within(1e-6f)); // no weight is on that
            }
            // exp(2) for the last, exp(1) for each of the others.
            double last = Math.exp(2) / (Math.exp(2) + (labels - 1) * Math.exp(1));
            assertThat((double) probabilities.get(2, 0, 7)).isCloseTo(last, within(1e-6));
            assertThat((double) probabilities.get(2, 5, 7)).isCloseTo(last, within(1e-6));
            assertThat((double) probabilities.get(2, 5, 0)).isCloseTo((1 - last) / (labels - 1), within(1e-6));
            assertThat(probabilities.answered(3, 5)).isFalse();
            assertThat((double) probabilities.get(3, 4, 7)).isCloseTo(last, within(1e-6));

            assertThatThrownBy(() -> ensemble.predict(List.of(withContrast(content, 1, 2)), probabilities))
                    .hasMessageContaining(
                            "a window's contrast must have 5 numbers, as the bundle's feature spec says, or none: contrast=2");
        }
    }

    private static Window withContrast(BundleContent content, float... contrast) {
        BitSet speech = new BitSet();
        speech.set(0);
        return new Window(
                0, 0, 3_000, 0, 1, -30, 1, speech, new float[content.features().rowValues()], contrast);
    }

    @Test
    void shouldTellHowLongTheNetworksAndTheTreesTook() {
        AtomicLong nanos = new AtomicLong();
        TreeVoter trees = new FakeTrees((windows, probabilities, voter) -> {
            nanos.addAndGet(7);
            new EvenNetworks(6).predict(windows, probabilities);
        });
        NetworkEngine networks = new NetworkEngine() {
            @Override
            public String description() {
                return "takes 40 ns";
            }

            @Override
            public void predict(List<Window> windows, Probabilities probabilities) {
                nanos.addAndGet(40);
                new EvenNetworks(5).predict(windows, probabilities);
            }

            @Override
            public void close() {}
        };
        try (VotingEnsemble ensemble = new VotingEnsemble(CONTENT, networks, trees, nanos::get)) {
            Probabilities probabilities = ensemble.newProbabilities();
            ensemble.predict(WINDOWS, probabilities);
            assertThat(probabilities.nanosByVoters()).isEqualTo(Map.of("networks", 40L, "xgboost", 7L));
            probabilities.reset(1);
            assertThat(probabilities.nanosByVoters()).isEmpty();
        }
    }

    @Test
    void shouldRefuseWindowsOfAnotherSpec() {
        try (VotingEnsemble ensemble = new VotingEnsemble(CONTENT, new EvenNetworks(5), null)) {
            Probabilities probabilities = ensemble.newProbabilities();
            Window frames = TestBundles.window(FeatureSpecs.telephone(), 2, 0, 1);

            assertThatThrownBy(() -> ensemble.predict(List.of(frames), probabilities))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rows=2");
        }
    }

    @Test
    void shouldRefuseUseAfterClose() {
        for (Engine engine : List.of(Engine.ONNX, Engine.DL4J)) {
            VotingEnsemble ensemble = Ensembles.open(CONTENT, new EngineSettings(engine, Device.AUTO, 1));
            Probabilities probabilities = ensemble.newProbabilities();
            ensemble.predict(WINDOWS, probabilities);
            ensemble.close();
            ensemble.close();

            assertThatThrownBy(() -> ensemble.predict(WINDOWS, probabilities))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before it is closed");
        }
    }

    @Test
    void shouldAnswerSeveralThreadsAsOne() throws Exception {
        try (VotingEnsemble ensemble = Ensembles.open(CONTENT, EngineSettings.auto(1))) {
            Probabilities expected = ensemble.newProbabilities();
            ensemble.predict(WINDOWS, expected);
            var pool = java.util.concurrent.Executors.newFixedThreadPool(4);
            try {
                List<java.util.concurrent.Callable<Double>> calls = java.util.stream.IntStream.range(0, 40)
                        .<java.util.concurrent.Callable<Double>>mapToObj(i -> () -> {
                            Probabilities own = ensemble.newProbabilities();
                            ensemble.predict(WINDOWS, own);
                            return expected.largestDifference(own);
                        })
                        .toList();
                for (var answer : pool.invokeAll(calls)) {
                    assertThat(answer.get()).isZero();
                }
            } finally {
                pool.shutdown();
            }
        }
    }

    @Test
    void shouldSayWhatIsMissingForCuda() {
        assertThatThrownBy(() -> Ensembles.open(CONTENT, new EngineSettings(Engine.ONNX, Device.CUDA, 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("onnxruntime_gpu");
        assertThatThrownBy(() -> Ensembles.open(CONTENT, new EngineSettings(Engine.AUTO, Device.CUDA, 1)))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> Ensembles.open(CONTENT, new EngineSettings(Engine.DL4J, Device.CUDA, 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nd4j-cuda");
        assertThatThrownBy(() -> EngineSettings.auto(0)).hasMessage("must be >= 1: inference.threads=0");
    }

    private interface Predict {
        void predict(List<Window> windows, Probabilities probabilities, int voter);
    }

    private record FakeTrees(Predict predict) implements TreeVoter {
        @Override
        public void predict(List<Window> windows, Probabilities probabilities, int voter) {
            predict.predict(windows, probabilities, voter);
        }

        @Override
        public void close() {}
    }

    private record EvenNetworks(int networks) implements NetworkEngine {
        @Override
        public String description() {
            return "even";
        }

        @Override
        public void predict(List<Window> windows, Probabilities probabilities) {
            for (int window = 0; window < windows.size(); window++) {
                for (int voter = 0; voter < networks; voter++) {
                    for (int label = 0; label < probabilities.labels(); label++) {
                        probabilities.set(window, voter, label, 1f / probabilities.labels());
                    }
                }
            }
        }

        @Override
        public void close() {}
    }
}
