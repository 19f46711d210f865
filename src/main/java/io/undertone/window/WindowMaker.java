package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpec.LevelNormalisation;
import io.undertone.features.FeatureSpec.Pooling;
import io.undertone.features.FrontEnd;
import java.util.Arrays;

/**
 * Makes a window's coefficients of its blocks: pools, transforms, removes the level. Shares nothing but the front end; not
 * thread-safe.
 */
final class WindowMaker {
    /** The level that {@link LevelNormalisation#WINDOW_LEVEL} brings a window's speech to, dBFS. */
    static final float TARGET_LEVEL_DB = -30;

    private final FrontEnd frontEnd;
    private final FeatureSpec spec;
    private final float[] sum;

    WindowMaker(FrontEnd frontEnd) {
        this.frontEnd = frontEnd;
        this.spec = frontEnd.spec();
        this.sum = new float[spec.melBands()];
    }

    /** Whether a window of so many speech frames can be made at all: all poolings but the mean need one. */
    boolean canMake(int frames, int speechFrames) {
        return speechFrames > 0 || frames > 0 && spec.pooling() == Pooling.MEAN;
    }

    /** The {@code [rows][coefficients]} of blocks {@code [from; to)}. */
    float[] coefficients(BlockRing blocks, long from, long to, int frames, int speechFrames, float levelDb) {
        float[] values;
        if (spec.pooling() == Pooling.FRAMES) {
            values = new float[speechFrames * spec.coefficients()];
            int end = 0;
            for (long block = from; block < to; block++) {
                end = blocks.copyRows(block, values, end);
            }
        } else {
            values = mean(blocks, from, to, spec.pooling() == Pooling.MEAN ? frames : speechFrames);
        }
        switch (spec.levelNormalisation()) {
            case NONE -> {}
            case WINDOW_MEAN -> removeMean(values);
            case WINDOW_LEVEL -> shiftLevel(values, TARGET_LEVEL_DB - levelDb);
        }
        if (spec.pooling() == Pooling.FRAMES) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Half.round(values[i]);
            }
        }
        return values;
    }

    private float[] mean(BlockRing blocks, long from, long to, int count) {
        Arrays.fill(sum, 0);
        for (long block = from; block < to; block++) {
            blocks.addSums(block, sum);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= count;
        }
        float[] values = new float[spec.coefficients()];
        frontEnd.mfcc(sum, 0, values, 0);
        return values;
    }

    private void removeMean(float[] values) {
        int width = spec.coefficients();
        int rows = values.length / width;
        for (int i = 0; i < width; i++) {
            float mean = 0;
            for (int row = 0; row < rows; row++) {
                mean += values[row * width + i];
            }
            mean /= rows;
            for (int row = 0; row < rows; row++) {
                values[row * width + i] -= mean;
            }
        }
    }

    /** Adds so many dB to all bands of each row: the orthonormal DCT puts sqrt(bands) of that into c0 and nothing elsewhere. */
    private void shiftLevel(float[] values, float db) {
        float shift = db * (float) Math.sqrt(spec.melBands());
        for (int c0 = 0; c0 < values.length; c0 += spec.coefficients()) {
            values[c0] += shift;
        }
    }
}
