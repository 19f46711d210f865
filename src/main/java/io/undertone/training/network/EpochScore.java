package io.undertone.training.network;

/**
 * A member's scores after an epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss mean loss over its steps, with dropout, smoothing and augmentation
 * @param trainAccuracy accuracy on the training examples, NaN if not measured
 * @param validationLoss mean loss on held-out examples, NaN without them
 * @param validationAccuracy accuracy on them, NaN without them
 */
public record EpochScore(
        int epoch, double trainLoss, double trainAccuracy, double validationLoss, double validationAccuracy) {}
