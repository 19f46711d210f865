package io.undertone.bundle;

import io.undertone.bundle.InputPreparation.AsIs;
import io.undertone.bundle.InputPreparation.Frames;
import io.undertone.bundle.InputPreparation.Standardise;
import io.undertone.bundle.InputPreparation.Statistics;
import io.undertone.features.FeatureSpec;
import java.util.Arrays;

/**
 * Does what an {@link InputPreparation} says, for windows of one feature spec, in training and in every engine that doesn't do
 * it within its graph. Not thread-safe: it has scratch space.
 */
public final class WindowPreparer {
    private final InputPreparation preparation;
    private final int coefficients;
    private final int width;
    private final float[][] inverse;
    private float[] one = new float[0];
    private float[] sorted = new float[0];

    public WindowPreparer(InputPreparation preparation, FeatureSpec spec) {
        this.preparation = preparation;
        this.coefficients = spec.coefficients();
        this.width = preparation.width(spec);
        this.inverse = preparation instanceof Frames frames && frames.inverseDct()
                ? InverseCosine.matrix(spec.coefficients(), spec.melBands())
                : new float[0][];
    }

    /** Values that one window gives. */
    public int width() {
        return width;
    }

    /**
     * Prepares one window.
     *
     * @param window {@code [rows][coefficients]}, c0 first
     * @param rows its rows, at least 1
     * @param target gets {@link #width()} values
     * @param offset where they start
     */
    public void prepare(float[] window, int rows, float[] target, int offset) {
        if (preparation instanceof AsIs) {
            System.arraycopy(window, 0, target, offset, width);
        } else if (preparation instanceof Standardise standardise) {
            for (int i = 0; i < width; i++) {
                target[offset + i] =
                        (window[i] - standardise.mean().get(i)) * standardise.scale().get(i);
            }
        } else if (preparation instanceof Frames frames) {
            prepareFrames(frames, window, rows, target, offset);
        } else if (preparation instanceof Statistics statistics) {
            prepareStatistics(statistics, window, rows, target, offset);
        }
    }

    private void prepareFrames(Frames frames, float[] window, int rows, float[] target, int offset) {
        if (rows > frames.maxRows()) {
            throw new IllegalArgumentException(
                    "a window must have at most " + frames.maxRows() + " rows, as its feature spec says: rows=" + rows);
        }
        Arrays.fill(target, offset, offset + width, 0);
        for (int row = 0; row < rows; row++) {
            int from = row * coefficients;
            if (frames.inverseDct()) {
                for (int band = 0; band < inverse.length; band++) {
                    float sum = 0;
                    for (int c = 0; c < coefficients; c++) {
                        sum += inverse[band][c] * window[from + c];
                    }
                    target[offset + band * frames.maxRows() + row] = sum * frames.scale();
                }
            } else {
                for (int c = 0; c < coefficients; c++) {
                    target[offset + c * frames.maxRows() + row] = window[from + c] * frames.scale();
                }
            }
        }
    }

    private void prepareStatistics(Statistics statistics, float[] window, int rows, float[] target, int offset) {
        if (one.length < rows) {
            one = new float[rows];
            sorted = new float[rows];
        }
        boolean sort = statistics.statistics().stream().anyMatch(FrameStatistic::needsSorted);
        for (int c = 0; c < coefficients; c++) {
            for (int row = 0; row < rows; row++) {
                one[row] = window[row * coefficients + c];
            }
            if (sort) {
                FrameStatistic.sort(one, sorted, rows);
            }
            for (int s = 0; s < statistics.statistics().size(); s++) {
                target[offset + s * coefficients + c] =
                        statistics.statistics().get(s).of(one, sorted, rows);
            }
        }
    }
}
