package io.undertone.training.network;

import io.undertone.bundle.Weights;
import java.util.List;

/**
 * A member after training.
 *
 * @param weights of the epoch that was kept
 * @param keptEpoch number of that epoch, from 1
 * @param history one score per epoch
 */
public record FittedMember(Weights weights, int keptEpoch, List<EpochScore> history) {
    public FittedMember {
        history = List.copyOf(history);
    }
}
