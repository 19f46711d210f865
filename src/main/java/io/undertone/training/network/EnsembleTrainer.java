package io.undertone.training.network;

import io.undertone.bundle.InitialWeights;
import io.undertone.bundle.Layer;
import io.undertone.bundle.NetworkSpec;
import io.undertone.bundle.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fits the members of an ensemble, several in parallel, each on one thread: member {@code i} has its own spec, initial weights and random
 * numbers, all derived from the run's seed, so that the number of threads does not change weights. Not thread-safe.
 */
public final class EnsembleTrainer {
    private static final double ONE_DIMENSIONAL = 0.75;

    private final Path checkpoints;
    private final String run;
    private final long seed;
    private final int threads;
    private final TrainingProgress progress;
    private final BooleanSupplier stop;

    /**
     * @param checkpoints folder for checkpoints, created if absent
     * @param run identity of the run (recipe, data, seed), so that no other run's checkpoint is resumed
     * @param seed fixes all randomness
     * @param threads members fitted in parallel
     * @param stop asked after each epoch of each member; true to stop, to be resumed later
     */
    public EnsembleTrainer(
            Path checkpoints, String run, long seed, int threads, TrainingProgress progress, BooleanSupplier stop) {
        if (threads < 1) {
            throw new IllegalArgumentException("must be >= 1: threads=" + threads);
        }
        this.checkpoints = checkpoints;
        this.run = run;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Trains a member for each spec, with Deeplearning4j's own layers.
     *
     * @param validation held-out examples that choose the epochs; null if the plan runs all epochs without measuring
     * @return the members in order; empty if stopped before the end
     */
    public Optional<List<FittedMember>> train(
            List<NetworkSpec> specs, Plan plan, Examples training, @Nullable Examples validation) throws IOException {
        List<Pupil> pupils = specs.stream()
                .map(spec -> new Pupil(
                        spec.toString(),
                        spec,
                        training,
                        seed -> new Dl4jLearner(InitialWeights.glorot(spec, seed), plan)))
                .toList();
        return train(pupils, plan, validation);
    }

    /**
     * Trains each member on its own examples.
     *
     * @param validation as above
     * @return the members in order; empty if stopped before the end
     */
    public Optional<List<FittedMember>> train(List<Pupil> pupils, Plan plan, @Nullable Examples validation)
            throws IOException {
        Files.createDirectories(checkpoints);
        progress.begins(pupils.stream().map(pupil -> cost(pupil.spec())).toList(), plan.epochs(), threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "training");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Optional<FittedMember>>> futures = new ArrayList<>();
            for (int i = 0; i < pupils.size(); i++) {
                int member = i;
                futures.add(pool.submit(() -> fit(member, pupils.get(member), plan, validation)));
            }
            List<FittedMember> members = new ArrayList<>();
            for (Future<Optional<FittedMember>> future : futures) {
                await(future).ifPresent(members::add);
            }
            return members.size() == pupils.size() ? Optional.of(members) : Optional.empty();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Estimated training cost in multiply-adds, with those of 1-D convolutions weighted by three quarters, as measured. */
    private static long cost(NetworkSpec network) {
        List<Shape> shapes = network.shapes();
        double cost = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            cost += layer.multiplyAdds(shapes.get(i)) * (layer instanceof Layer.Conv1d ? ONE_DIMENSIONAL : 1);
        }
        return Math.max(1, Math.round(cost));
    }

    private Optional<FittedMember> fit(int member, Pupil pupil, Plan plan, @Nullable Examples validation)
            throws IOException {
        long memberSeed = Seeds.derive(seed, member);
        MemberTrainer trainer = new MemberTrainer(pupil.spec(), plan, pupil.examples(), validation, memberSeed, stop);
        try (Learner learner = pupil.learner().apply(memberSeed)) {
            return trainer.train(
                    learner,
                    checkpoints.resolve("member-" + (member + 1) + ".ckpt"),
                    run + " " + pupil.identity(),
                    member,
                    new OneAtATime());
        }
    }

    /** Forwards progress of members from their threads. */
    private final class OneAtATime implements TrainingProgress {
        @Override
        public void epoch(int member, EpochScore score, int epochs) {
            synchronized (EnsembleTrainer.this) {
                progress.epoch(member, score, epochs);
            }
        }

        @Override
        public void resumed(int member, int epoch, int epochs) {
            synchronized (EnsembleTrainer.this) {
                progress.resumed(member, epoch, epochs);
            }
        }
    }

    private static Optional<FittedMember> await(Future<Optional<FittedMember>> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof UncheckedIOException cause) {
                throw cause.getCause();
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("training failed: " + e.getCause(), e.getCause());
        }
    }
}
