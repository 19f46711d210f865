package io.undertone.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.undertone.features.FeatureSpec;
import java.util.List;

/** How a window's coefficients are preprocessed for a voter, as data; {@link WindowPreparer} applies it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InputPreparation.AsIs.class, name = "asIs"),
    @JsonSubTypes.Type(value = InputPreparation.Standardise.class, name = "standardise"),
    @JsonSubTypes.Type(value = InputPreparation.Frames.class, name = "frames"),
    @JsonSubTypes.Type(value = InputPreparation.Picture.class, name = "picture"),
    @JsonSubTypes.Type(value = InputPreparation.WidePicture.class, name = "widePicture"),
    @JsonSubTypes.Type(value = InputPreparation.Statistics.class, name = "statistics")
})
public sealed interface InputPreparation {
    /**
     * Number of values that a voter reads per window.
     *
     * @throws IllegalArgumentException where windows of that spec can't be prepared like this
     */
    int width(FeatureSpec spec);

    /** Time steps that a network reads: 0 where a window has one row. */
    default int steps() {
        return 0;
    }

    /** Whether it must be told which rows are speech. */
    default boolean needsSpeech() {
        return false;
    }

    /** The one row of a window, unchanged. */
    record AsIs() implements InputPreparation {
        @Override
        public int width(FeatureSpec spec) {
            return oneRow(spec, "asIs");
        }
    }

    /**
     * {@code (x - mean) x scale} of the one row of a window; {@code scale} is 1 over the spread seen in training.
     *
     * @param mean subtracted from each coefficient
     * @param scale factor of each, applied after that
     */
    record Standardise(List<Float> mean, List<Float> scale) implements InputPreparation {
        public Standardise {
            mean = List.copyOf(mean);
            scale = List.copyOf(scale);
            if (mean.isEmpty() || mean.size() != scale.size()) {
                throw new IllegalArgumentException("mean and scale must have one value for each coefficient: mean="
                        + mean.size() + ", scale=" + scale.size());
            }
            for (int i = 0; i < mean.size(); i++) {
                if (!Float.isFinite(mean.get(i)) || !Float.isFinite(scale.get(i))) {
                    throw new IllegalArgumentException(
                            "must be finite: mean[" + i + "]=" + mean.get(i) + ", scale[" + i + "]=" + scale.get(i));
                }
            }
        }

        @Override
        public int width(FeatureSpec spec) {
            int width = oneRow(spec, "standardise");
            if (width != mean.size()) {
                throw new IllegalArgumentException(
                        "standardise must have " + width + " means, one for each coefficient: mean=" + mean.size());
            }
            return width;
        }
    }

    /**
     * All frames of a window, {@code [bands][maxRows]}: frequency first, time last, zeros after the last frame.
     *
     * @param maxRows time steps that a voter reads
     * @param scale all values are multiplied by it
     * @param inverseDct whether the coefficients are converted back to log-mel bands (by the orthonormal DCT-III), better suited to a 2-D
     *     convolution; else the bands are the coefficients
     */
    record Frames(int maxRows, float scale, boolean inverseDct) implements InputPreparation {
        public Frames {
            if (maxRows < 1) {
                throw new IllegalArgumentException("must be >= 1: maxRows=" + maxRows);
            }
            if (!Float.isFinite(scale) || scale == 0) {
                throw new IllegalArgumentException("must be finite and not 0: scale=" + scale);
            }
        }

        @Override
        public int steps() {
            return maxRows;
        }

        /** Bands of each frame in the voter's input. */
        public int bands(FeatureSpec spec) {
            return inverseDct ? spec.melBands() : spec.coefficients();
        }

        @Override
        public int width(FeatureSpec spec) {
            requirePooling(spec, true, "frames");
            if (spec.pitch() != null) {
                throw new IllegalArgumentException("frames must have windows without pitch: pitch=" + spec.pitch());
            }
            if (maxRows < spec.maxFramesPerWindow()) {
                throw new IllegalArgumentException("maxRows must be >= " + spec.maxFramesPerWindow()
                        + ", the frames of a window: maxRows=" + maxRows);
            }
            return Math.multiplyExact(maxRows, bands(spec));
        }
    }

    /** The frames of a window as a {@link SpeechPicture}, with or without further values of its rows. */
    sealed interface PictureOfSpeech extends InputPreparation {
        /** How the bands are normalised and repeated. */
        SpeechPicture picture();

        /** Which values of a window's row are shown after the bands, by index, in order; empty for none. */
        List<Integer> columns();

        @Override
        default int steps() {
            return picture().steps();
        }

        @Override
        default boolean needsSpeech() {
            return true;
        }

        @Override
        default int width(FeatureSpec spec) {
            requirePooling(spec, true, columns().isEmpty() ? "picture" : "widePicture");
            for (int column : columns()) {
                if (column < spec.coefficients() || column >= spec.rowValues()) {
                    throw new IllegalArgumentException("columns must be >= " + spec.coefficients() + " and < "
                            + spec.rowValues() + ", what a row holds after its coefficients: columns=" + column);
                }
            }
            if (steps() < spec.maxFramesPerWindow()) {
                throw new IllegalArgumentException(
                        "steps must be >= " + spec.maxFramesPerWindow() + ", the frames of a window: steps=" + steps());
            }
            return Math.multiplyExact(steps(), spec.melBands() + columns().size());
        }
    }

    /**
     * The frames of a window as a {@link SpeechPicture}, {@code [bands][steps]}: coefficients converted back to log-mel bands, the
     * mean of its speech subtracted, in units of {@code scaleDb}, clipped, and repeated from the first until all steps are filled. No
     * step is padding.
     */
    record Picture(SpeechPicture picture) implements PictureOfSpeech {
        @Override
        public List<Integer> columns() {
            return List.of();
        }
    }

    /**
     * As {@link Picture}, with the pitch in further rows after the bands: {@code [bands + columns][steps]}. What is repeated in
     * {@code columns} fills the first convolution, several bands high, with one kind at a time.
     */
    record WidePicture(SpeechPicture picture, List<Integer> columns) implements PictureOfSpeech {
        public WidePicture {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("must have one value at least, else it is a picture: columns=[]");
            }
        }
    }

    /** {@link SpeechStatistics} of the frames of a window, for trees. */
    record Statistics() implements InputPreparation {
        @Override
        public int width(FeatureSpec spec) {
            requirePooling(spec, true, "statistics");
            return SpeechStatistics.size(spec.rowValues());
        }
    }

    private static int oneRow(FeatureSpec spec, String name) {
        requirePooling(spec, false, name);
        return spec.coefficients();
    }

    private static void requirePooling(FeatureSpec spec, boolean frames, String name) {
        if ((spec.pooling() == FeatureSpec.Pooling.FRAMES) != frames) {
            throw new IllegalArgumentException(name + " must have windows pooled by " + (frames ? "frames" : "mean")
                    + ": pooling=" + spec.pooling());
        }
    }
}
