package io.undertone.training.network;

import io.undertone.bundle.NetworkSpec;
import java.util.function.LongFunction;

/**
 * A member that is to be trained.
 *
 * @param identity all that its weights depend on and the run's identity doesn't hold, so that a checkpoint is gone on from by its
 *     like alone, whatever becomes of the other members
 * @param spec its network
 * @param examples what it learns from
 * @param learner makes it, untrained, for a seed
 */
public record Pupil(String identity, NetworkSpec spec, Examples examples, LongFunction<Learner> learner) {}
