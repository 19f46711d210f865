package io.undertone.training.frames;

/**
 * Augmentation of pictures at each step, so that no network sees the same one twice.
 *
 * @param leastRate lowest playback rate of a picture's rows (time warp)
 * @param mostRate highest playback rate
 * @param masks number of masks over time, and of masks over bands (SpecAugment, Park et al. 2019)
 * @param maxMaskSteps longest mask over time, steps
 * @param maxMaskBands widest mask over bands
 * @param mixup parameter of the Beta distribution that pictures are mixed by (mixup, Zhang et al. 2018); 0 for none
 * @param smoothing share of each target that is spread over all labels (label smoothing, Szegedy et al. 2016)
 */
record Varying(
        double leastRate,
        double mostRate,
        int masks,
        int maxMaskSteps,
        int maxMaskBands,
        double mixup,
        double smoothing) {}
