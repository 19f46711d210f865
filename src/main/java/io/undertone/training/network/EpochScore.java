package io.undertone.training.network;

/**
 * How a member stood after an epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss mean loss over its steps, dropout, smoothing and augmentation in force
 * @param trainAccuracy share right on the examples it is fitted to, NaN where not measured
 * @param validationLoss mean loss on held-out examples, NaN without them
 * @param validationAccuracy share right on them, NaN without them
 */
public record EpochScore(
        int epoch, double trainLoss, double trainAccuracy, double validationLoss, double validationAccuracy) {}
