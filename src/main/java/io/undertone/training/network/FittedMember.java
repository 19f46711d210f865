package io.undertone.training.network;

import io.undertone.bundle.Weights;
import java.util.List;

/**
 * A member after training.
 *
 * @param weights of the epoch that was kept
 * @param keptEpoch which that is, from 1
 * @param history a score an epoch
 */
public record FittedMember(Weights weights, int keptEpoch, List<EpochScore> history) {
    public FittedMember {
        history = List.copyOf(history);
    }
}
