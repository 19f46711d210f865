package io.undertone.training.network;

import io.undertone.bundle.NetworkSpec;
import java.util.function.LongFunction;

/**
 * A member that is to be trained.
 *
 * @param spec its network
 * @param examples what it learns from
 * @param learner makes it, untrained, for a seed
 */
public record Pupil(NetworkSpec spec, Examples examples, LongFunction<Learner> learner) {}
