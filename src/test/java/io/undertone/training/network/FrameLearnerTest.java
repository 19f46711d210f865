package io.undertone.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import io.undertone.bundle.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of the shapes that the bundle {@code telephone} is made of, small. */
class FrameLearnerTest {
    private static final int STEPS = 20;
    private static final int BANDS = 8;
    private static final Plan PLAN = new Plan(4, 8, new LearningRate.OneCycle(1e-2), 0.02, 0);

    private static final NetworkSpec PICTURE = spec(
            new Layer.Conv2d(4, 5, 5, 2, 2, false),
            new Layer.BatchNorm(1e-5),
            new Layer.Relu(),
            new Layer.Conv2d(12, 3, 3, 1, 1, false),
            new Layer.BatchNorm(1e-5),
            new Layer.Relu(),
            new Layer.MaxPool2d(2, 1),
            new Layer.StackFrequency(),
            new Layer.Conv1d(6, 1, 1, false),
            new Layer.BatchNorm(1e-5),
            new Layer.Relu());

    private static final NetworkSpec SEQUENCE = spec(
            new Layer.StackFrequency(), new Layer.Conv1d(6, 5, 2, false), new Layer.BatchNorm(1e-5), new Layer.Relu());

    @TempDir
    private Path folder;

    @Test
    void shouldEndInTheSameWeightsAfterAKillAsUnbroken() throws IOException {
        List<Weights> unbroken = train("unbroken", 1, Integer.MAX_VALUE);
        assertThat(unbroken).hasSize(2);
        assertThat(train("killed", 1, 1)).isEmpty();
        assertThat(train("killed", 1, 3)).isEmpty();
        assertThat(train("killed", 1, Integer.MAX_VALUE)).isEqualTo(unbroken);
        assertThat(train("side by side", 2, Integer.MAX_VALUE)).isEqualTo(unbroken);
    }

    private List<Weights> train(String name, int threads, int epochsBeforeStop) throws IOException {
        AtomicInteger epochs = new AtomicInteger();
        return new EnsembleTrainer(
                        folder.resolve(name),
                        "run",
                        5,
                        threads,
                        TrainingProgress.SILENT,
                        () -> epochs.incrementAndGet() >= epochsBeforeStop)
                .train(List.of(pupil(PICTURE), pupil(SEQUENCE)), PLAN, null).orElse(List.of()).stream()
                        .map(FittedMember::weights)
                        .toList();
    }

    private static Pupil pupil(NetworkSpec spec) {
        return new Pupil("noise", spec, new Noise(), seed -> new FrameLearner(spec, PLAN, new float[] {1, 1, 1}, seed));
    }

    private static NetworkSpec spec(Layer... body) {
        List<Layer> layers = new java.util.ArrayList<>(List.of(body));
        layers.addAll(List.of(
                new Layer.MeanSpreadPool(1e-5), new Layer.Dropout(0.2), new Layer.Dense(3), new Layer.Softmax()));
        return new NetworkSpec(new Shape.Image(1, BANDS, STEPS), layers);
    }

    /** Pictures of noise, brighter for higher labels, drawn anew each pass. */
    private static final class Noise implements Examples {
        @Override
        public int size() {
            return 24;
        }

        @Override
        public int inputSize() {
            return STEPS * BANDS;
        }

        @Override
        public int labels() {
            return 3;
        }

        @Override
        public Pass pass(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            AtomicInteger left = new AtomicInteger(size());
            return batch -> {
                int count = Math.min(batch.capacity(), left.get());
                left.addAndGet(-count);
                batch.resize(count);
                for (int i = 0; i < count; i++) {
                    int label = random.nextInt(3);
                    for (int k = 0; k < inputSize(); k++) {
                        batch.inputs()[i * inputSize() + k] = (float) (label * 0.5 + random.nextGaussian());
                    }
                    for (int k = 0; k < 3; k++) {
                        batch.targets()[i * 3 + k] = k == label ? 1 : 0;
                    }
                }
                return count > 0;
            };
        }
    }
}
