package io.undertone.bundle;

import io.undertone.bundle.InputPreparation.AsIs;
import io.undertone.bundle.InputPreparation.Frames;
import io.undertone.bundle.InputPreparation.PictureOfSpeech;
import io.undertone.bundle.InputPreparation.Standardise;
import io.undertone.bundle.InputPreparation.Statistics;
import io.undertone.features.FeatureSpec;
import io.undertone.window.Window;
import java.util.Arrays;

/**
 * Applies an {@link InputPreparation} to windows of one feature spec, in training and in engines without
 * preparation in their graph. Not thread-safe: it has scratch space.
 */
public final class WindowPreparer {
    private final InputPreparation preparation;
    private final int coefficients;
    private final int rowValues;
    private final int width;
    private final float[][] inverse;
    private final int frameBands;
    /** Indices in a row of what is shown after the bands. */
    private final int[] columns;

    private float[] values = new float[0];
    private float[] pictureBands = new float[0];

    public WindowPreparer(InputPreparation preparation, FeatureSpec spec) {
        this.preparation = preparation;
        this.coefficients = spec.coefficients();
        this.rowValues = spec.rowValues();
        this.width = preparation.width(spec);
        this.inverse = InverseCosine.matrix(spec.coefficients(), spec.melBands());
        this.frameBands = preparation instanceof Frames frames ? frames.bands(spec) : 0;
        this.columns = preparation instanceof PictureOfSpeech picture
                ? picture.columns().stream().mapToInt(column -> column).toArray()
                : new int[0];
    }

    /** Values per window. */
    public int width() {
        return width;
    }

    /**
     * Prepares one window.
     *
     * @param window of the feature spec
     * @param target filled with {@link #width()} values
     * @param offset index of the first
     */
    public void prepare(Window window, float[] target, int offset) {
        if (values.length < window.length()) {
            values = new float[window.length()];
        }
        window.copyTo(values, 0);
        if (preparation instanceof AsIs) {
            System.arraycopy(values, 0, target, offset, width);
        } else if (preparation instanceof Standardise standardise) {
            for (int i = 0; i < width; i++) {
                target[offset + i] = (values[i] - standardise.mean().get(i))
                        * standardise.scale().get(i);
            }
        } else if (preparation instanceof Frames frames) {
            prepareFrames(frames, window.rows(), target, offset);
        } else if (preparation instanceof PictureOfSpeech ofSpeech) {
            preparePicture(ofSpeech.picture(), window, target, offset);
        } else if (preparation instanceof Statistics) {
            SpeechStatistics.of(values, window.rows(), rowValues, window.speechRows(), target, offset);
        }
    }

    private void prepareFrames(Frames frames, int rows, float[] target, int offset) {
        requireRows(rows, frames.maxRows());
        Arrays.fill(target, offset, offset + width, 0);
        for (int row = 0; row < rows; row++) {
            for (int band = 0; band < frameBands; band++) {
                float value = frames.inverseDct() ? band(row, band) : values[row * rowValues + band];
                target[offset + band * frames.maxRows() + row] = value * frames.scale();
            }
        }
    }

    private void preparePicture(SpeechPicture picture, Window window, float[] target, int offset) {
        int rows = window.rows();
        requireRows(rows, picture.steps());
        int bands = inverse.length;
        if (pictureBands.length < rows * bands) {
            pictureBands = new float[rows * bands];
        }
        for (int row = 0; row < rows; row++) {
            for (int band = 0; band < bands; band++) {
                pictureBands[row * bands + band] = band(row, band);
            }
        }
        picture.normalise(pictureBands, rows, bands, window::isSpeech);
        for (int step = 0; step < picture.steps(); step++) {
            for (int band = 0; band < bands; band++) {
                target[offset + band * picture.steps() + step] = pictureBands[step % rows * bands + band];
            }
        }
        for (int step = 0; step < picture.steps(); step++) {
            int row = step % rows;
            for (int i = 0; i < columns.length; i++) {
                target[offset + (bands + i) * picture.steps() + step] = values[row * rowValues + columns[i]];
            }
        }
    }

    private float band(int row, int band) {
        float sum = 0;
        for (int c = 0; c < coefficients; c++) {
            sum += inverse[band][c] * values[row * rowValues + c];
        }
        return sum;
    }

    private static void requireRows(int rows, int most) {
        if (rows > most) {
            throw new IllegalArgumentException(
                    "a window must have at most " + most + " rows, as its feature spec says: rows=" + rows);
        }
    }
}
