package io.undertone.training;

import io.undertone.training.network.TrainingProgress;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * How a run is carried out; the recipe holds what is trained.
 *
 * @param seed fixes all randomness
 * @param threads members fitted in parallel; does not change results
 * @param work folder for checkpoints; a run restarted with the same work folder resumes
 * @param progress called after each epoch
 * @param stop asked after each epoch; true to stop, to be resumed later
 */
record RunSettings(long seed, int threads, Path work, TrainingProgress progress, BooleanSupplier stop) {
    RunSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("must be >= 1: threads=" + threads);
        }
    }

    /** The same run in a subfolder of its work folder, with its own seed. */
    RunSettings part(String name) {
        return new RunSettings(
                io.undertone.training.network.Seeds.derive(seed, name), threads, work.resolve(name), progress, stop);
    }
}
