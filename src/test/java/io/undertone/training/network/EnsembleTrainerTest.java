package io.undertone.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Layer.BatchNorm;
import io.undertone.bundle.Layer.Conv2d;
import io.undertone.bundle.Layer.Dense;
import io.undertone.bundle.Layer.Dropout;
import io.undertone.bundle.Layer.Flatten;
import io.undertone.bundle.Layer.Relu;
import io.undertone.bundle.Layer.Softmax;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape.Image;
import io.undertone.bundle.Weights;
import io.undertone.training.table.FeatureTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleTrainerTest {
    private static final NetworkSpec SPEC = new NetworkSpec(
            new Image(1, 2, 3),
            List.of(
                    new Conv2d(8, 3, 3, 1, 1, true),
                    new BatchNorm(1e-5),
                    new Relu(),
                    new Dropout(0.2),
                    new Flatten(),
                    new Dense(3),
                    new Softmax()));
    private static final List<NetworkSpec> MEMBERS = List.of(SPEC, SPEC);
    private static final Plan PLAN = new Plan(6, 16, new LearningRate.OneCycle(1e-2), 1e-3, 0);
    /** For what does not depend on how much is learnt. */
    private static final Plan SHORT = new Plan(3, 16, new LearningRate.OneCycle(1e-2), 1e-3, 0);

    private static final TableExamples TRAINING = TableExamples.shuffled(blobs(150, 1));
    private static final TableExamples HELD_OUT = TableExamples.inOrder(blobs(60, 2));

    @TempDir
    Path folder;

    @Test
    void shouldLearn() throws IOException {
        FittedMember member = train("a", 5, 1, Integer.MAX_VALUE, PLAN).get(0);
        assertThat(member.history()).hasSize(6);
        assertThat(member.history().get(5).validationAccuracy()).isGreaterThan(0.9);
        assertThat(member.history().get(5).trainLoss())
                .isLessThan(member.history().get(0).trainLoss());
    }

    @Test
    void shouldEndInTheSameWeightsAfterAKillAsUnbroken() throws IOException {
        List<Weights> unbroken = weights(train("a", 5, 1, Integer.MAX_VALUE, PLAN));
        assertThat(train("b", 5, 1, 1, PLAN)).isEmpty();
        assertThat(train("b", 5, 1, 3, PLAN)).isEmpty();
        assertThat(Files.list(folder.resolve("b"))).allMatch(f -> f.toString().endsWith(".ckpt"));
        assertThat(weights(train("b", 5, 1, Integer.MAX_VALUE, PLAN))).isEqualTo(unbroken);
    }

    @Test
    void shouldEndInTheSameWeightsWhateverTheThreads() throws IOException {
        assertThat(weights(train("a", 5, 2, Integer.MAX_VALUE, SHORT)))
                .isEqualTo(weights(train("b", 5, 1, Integer.MAX_VALUE, SHORT)));
    }

    @Test
    void shouldMakeMembersDiffer() throws IOException {
        List<Weights> members = weights(train("a", 5, 1, Integer.MAX_VALUE, SHORT));
        assertThat(members.get(0)).isNotEqualTo(members.get(1));
        assertThat(weights(train("b", 6, 1, Integer.MAX_VALUE, SHORT)).get(0)).isNotEqualTo(members.get(0));
    }

    @Test
    void shouldNotGoOnFromAnotherRunOrADamagedCheckpoint() throws IOException {
        List<Weights> unbroken = weights(train("a", 5, 1, Integer.MAX_VALUE, SHORT));
        train("b", 6, 1, 2, SHORT);
        Path damaged = folder.resolve("b/member-2.ckpt");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        assertThat(weights(train("b", 5, 1, Integer.MAX_VALUE, SHORT))).isEqualTo(unbroken);
        assertThat(weights(train("b", 5, 1, Integer.MAX_VALUE, SHORT))).isEqualTo(unbroken);
    }

    /** Its epochs take less than a checkpoint would: one at the end. */
    @Test
    void shouldWriteCheckpointsOnlyWhereTheyAreWorthIt() throws IOException {
        Path checkpoint = folder.resolve("a/member-1.ckpt");
        List<Boolean> written = new ArrayList<>();
        TrainingProgress looking = (member, score, epochs) -> written.add(Files.exists(checkpoint));
        EnsembleTrainer trainer = new EnsembleTrainer(folder.resolve("a"), "run", 5, 1, looking, () -> false);

        assertThat(trainer.train(MEMBERS.subList(0, 1), PLAN, TRAINING, HELD_OUT))
                .isPresent();

        assertThat(written).hasSizeGreaterThan(2).containsOnly(false);
        assertThat(checkpoint).exists();
        assertThat(trainer.train(MEMBERS.subList(0, 1), PLAN, TRAINING, HELD_OUT))
                .isPresent();
        assertThat(written).containsOnly(false);
    }

    @Test
    void shouldKeepTheEpochThatHeldOutExamplesLikeBest() throws IOException {
        Plan patient = new Plan(60, 16, new LearningRate.Constant(3e-2), 0, 3);
        FittedMember member = train("a", 5, 1, Integer.MAX_VALUE, patient).get(0);
        double best = member.history().get(member.keptEpoch() - 1).validationLoss();
        assertThat(member.history())
                .allSatisfy(s -> assertThat(s.validationLoss()).isGreaterThanOrEqualTo(best));
        assertThat(member.history().size()).isEqualTo(Math.min(60, member.keptEpoch() + 3));
    }

    private List<FittedMember> train(String name, long seed, int threads, int epochsBeforeStop, Plan plan)
            throws IOException {
        AtomicInteger epochs = new AtomicInteger();
        return new EnsembleTrainer(
                        folder.resolve(name),
                        "run-" + seed,
                        seed,
                        threads,
                        TrainingProgress.SILENT,
                        () -> epochs.incrementAndGet() >= epochsBeforeStop)
                .train(MEMBERS, plan, TRAINING, HELD_OUT)
                .orElse(List.of());
    }

    private static List<Weights> weights(List<FittedMember> members) {
        return members.stream().map(FittedMember::weights).toList();
    }

    private static FeatureTable blobs(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] values = new float[rows][6];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 3;
            for (int j = 0; j < 6; j++) {
                values[i][j] = (float) (random.nextGaussian() * 0.5 + (j % 3 == labels[i] ? 1 : -0.5));
            }
        }
        return new FeatureTable(values, labels, 3);
    }
}
