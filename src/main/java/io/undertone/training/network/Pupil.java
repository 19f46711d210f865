package io.undertone.training.network;

import io.undertone.bundle.NetworkSpec;
import java.util.function.LongFunction;

/**
 * A member to be trained.
 *
 * @param identity everything that its weights depend on beyond the run's identity, so that a checkpoint is resumed only by the same member,
 *     independent of the other members
 * @param spec its network
 * @param examples to train on
 * @param learner creates it, untrained, from a seed
 */
public record Pupil(String identity, NetworkSpec spec, Examples examples, LongFunction<Learner> learner) {}
