package io.undertone.training.frames;

import io.undertone.bundle.SpeechStatistics;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FrontEnd;
import io.undertone.features.NoiseFloor;
import io.undertone.features.SpeechGate;
import io.undertone.window.Half;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * One window of one clip over one line: its selected rows as a picture {@code [rows][bands]}, normalised, in half precision,
 * and the statistics of its MFCCs. Immutable.
 */
final class WindowCopy {
    /** Maximum number of draws for a window with enough speech. */
    private static final int MIN_SPEECH_FRAMES = 30;

    private static final int TRIES = 8;

    /** How far a window may reach beyond the ends of a clip, frames. */
    private static final int OVERHANG = 50;

    private static final int SHORT_CLIP_SHIFT = 40;
    private static final double INSIDE_CHANCE = 0.6;
    private static final double SHIFT_CHANCE = 0.4;

    private final int rows;
    private final int speechRows;
    private final short[] picture;
    private final float[] statistics;

    private WindowCopy(int rows, int speechRows, short[] picture, float[] statistics) {
        this.rows = rows;
        this.speechRows = speechRows;
        this.picture = picture;
        this.statistics = statistics;
    }

    int rows() {
        return rows;
    }

    int speechRows() {
        return speechRows;
    }

    /** One value of the picture. */
    float get(int i) {
        return Half.toFloat(picture[i]);
    }

    float[] statistics() {
        return statistics.clone();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(rows);
        out.writeInt(speechRows);
        out.writeInt(picture.length);
        for (short half : picture) {
            out.writeShort(half);
        }
        out.writeInt(statistics.length);
        for (float value : statistics) {
            out.writeFloat(value);
        }
    }

    static WindowCopy read(DataInputStream in) throws IOException {
        int rows = in.readInt();
        int speechRows = in.readInt();
        short[] picture = new short[in.readInt()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = in.readShort();
        }
        float[] statistics = new float[in.readInt()];
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] = in.readFloat();
        }
        return new WindowCopy(rows, speechRows, picture, statistics);
    }

    /**
     * A random window: usually within the clip, else extending beyond one of its ends, and with enough speech if possible.
     */
    static WindowCopy draw(HeardFrames frames, FrontEnd frontEnd, PictureInput input, SplittableRandom random) {
        int length = frontEnd.spec().maxFramesPerWindow();
        WindowCopy copy = null;
        for (int i = 0; i < TRIES && (copy == null || copy.speechRows < MIN_SPEECH_FRAMES); i++) {
            int start = start(frames.count(), length, random);
            copy = of(frames, start, start + length, frontEnd, input);
        }
        return java.util.Objects.requireNonNull(copy);
    }

    private static int start(int frames, int length, SplittableRandom random) {
        if (frames <= length) {
            return random.nextDouble() < SHIFT_CHANCE ? random.nextInt(-SHORT_CLIP_SHIFT, SHORT_CLIP_SHIFT + 1) : 0;
        }
        return random.nextDouble() < INSIDE_CHANCE
                ? random.nextInt(frames - length + 1)
                : random.nextInt(-OVERHANG, frames - length + OVERHANG + 1);
    }

    /** The window of frames {@code [start; end)}, as far as they exist. */
    static WindowCopy of(HeardFrames frames, int start, int end, FrontEnd frontEnd, PictureInput input) {
        FeatureSpec spec = frontEnd.spec();
        int from = Math.max(0, start);
        int to = Math.max(from, Math.min(frames.count(), end));
        boolean[] speech = new boolean[to - from];
        boolean[] kept = new boolean[to - from];
        int speechRows = new SpeechGate(spec.gate()).judge(frames.levels(from, to), to - from, speech, kept);
        int rows = 0;
        for (boolean keep : kept) {
            rows += keep ? 1 : 0;
        }
        int[] keptFrames = new int[rows];
        boolean[] speechOf = new boolean[rows];
        int row = 0;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                speechOf[row] = speech[i];
                keptFrames[row++] = i;
            }
        }
        float[][] all = frames.logMel(from, to);
        new NoiseFloor(spec).lift(all, to - from);
        float[] bands = rows(all, keptFrames);
        float[] pitch = rows(frames.pitch(from, to, spec), keptFrames);
        float[] statistics = new float[SpeechStatistics.size(spec.rowValues())];
        float[] values = new float[0];
        if (rows > 0) {
            float[] served = served(bands, pitch, rows, frontEnd);
            SpeechStatistics.of(served, rows, spec.rowValues(), speechRows, statistics, 0);
            input.picture().normalise(bands, rows, spec.melBands(), i -> speechOf[i]);
            values = shown(bands, served, rows, input);
        }
        short[] halves = new short[values.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Half.toHalf(values[i]);
        }
        return new WindowCopy(rows, speechRows, halves, statistics);
    }

    /** {@code [frames][width]} of those frames, of {@code [width][]}. */
    private static float[] rows(float[][] columns, int[] frames) {
        float[] rows = new float[frames.length * columns.length];
        for (int row = 0; row < frames.length; row++) {
            for (int i = 0; i < columns.length; i++) {
                rows[row * columns.length + i] = columns[i][frames[row]];
            }
        }
        return rows;
    }

    /** The rows as a window on the topic has them. */
    private static float[] served(float[] bands, float[] pitch, int rows, FrontEnd frontEnd) {
        FeatureSpec spec = frontEnd.spec();
        int width = spec.rowValues();
        int pitchValues = width - spec.coefficients();
        float[] values = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            frontEnd.mfcc(bands, row * spec.melBands(), values, row * width);
            System.arraycopy(pitch, row * pitchValues, values, row * width + spec.coefficients(), pitchValues);
        }
        return values;
    }

    /** The rows as networks see them. */
    private static float[] shown(float[] bands, float[] served, int rows, PictureInput input) {
        if (input.columns().isEmpty()) {
            return bands;
        }
        int width = input.spec().melBands();
        float[] values = new float[rows * input.height()];
        for (int row = 0; row < rows; row++) {
            int at = row * input.height();
            System.arraycopy(bands, row * width, values, at, width);
            for (int i = 0; i < input.columns().size(); i++) {
                values[at + width + i] =
                        served[row * input.spec().rowValues() + input.columns().get(i)];
            }
        }
        return values;
    }
}
