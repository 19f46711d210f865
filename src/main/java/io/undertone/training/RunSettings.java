package io.undertone.training;

import io.undertone.training.network.TrainingProgress;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * How a run is carried out; what it is made of stands in its recipe.
 *
 * @param seed fixes everything that is random
 * @param threads members fitted side by side; changes no result
 * @param work folder for checkpoints; a run started again with the same work folder goes on where it was
 * @param progress called after each epoch
 * @param stop asked after each epoch; true to leave off, to be resumed
 */
record RunSettings(long seed, int threads, Path work, TrainingProgress progress, BooleanSupplier stop) {
    RunSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("must be >= 1: threads=" + threads);
        }
    }

    /** The same run in a part of its work folder, with a seed of its own. */
    RunSettings part(String name) {
        return new RunSettings(
                io.undertone.training.network.Seeds.derive(seed, name), threads, work.resolve(name), progress, stop);
    }
}
