package io.undertone.features;

import java.util.Arrays;

/**
 * Features that tell a voice from other sound in a window's speech frames: {@value #COUNT} numbers from its log-mel energies, none of which
 * changes with the level. Voices glide and break off, notes and tones are steady; the features measure how far apart bands and frames are,
 * how long the detail of a spectrum lasts, and how levels rise and fall. Allocates nothing for a window; not thread-safe.
 *
 * <p>Energies are taken relative to the mean of the speech frames, and what lies more than {@value #RANGE_DB} dB below that is lifted there:
 * {@code x}. Its detail {@code y} is {@code x} less the mean of the five bands around. With {@code t} over the speech frames, and a lag only
 * where that frame is in the window, in order:
 * <ol>
 *   <li>mean of {@code x} in each band (40), its spread in each band (40);
 *   <li>mean of {@code |x[t] - x[t - d]|} in eight groups of five bands, for {@code d} of 1, 2, 4, 8, 16 (40);
 *   <li>{@code ln(1 + e)} of the mean detail energy {@code e} in all bands, the lower 16 and the upper 24 (3); mean {@code |y|} in the eight
 *       groups (8);
 *   <li>how far detail lasts, {@code 2 sum y[t] y[t - d] / (sum y[t]^2 + sum y[t - d]^2 + 10)}, in the lower 16 and the upper 24 bands,
 *       for {@code d} of 1, 2, 4, 8, 16, 32 (12), and the same of the inner 38 bands against their neighbours below and above,
 *       for {@code d} of 1, 2 (4);
 *   <li>spread and skewness of the level {@code l}, the mean of {@code x} over bands (2); the mean of what it rises, of what it falls, and the
 *       root of the mean square of both (3); its correlation with itself at lags 2, 4, 8, 16, 32 (5);
 *   <li>share of speech frames, and their runs a second (2); correlations between the levels of bands 0-12, 13-26 and 27-39 (3);
 *       mean and spread of the highest band over the level (2).
 * </ol>
 */
public final class VoiceFeatures {
    /** Numbers of a window. */
    public static final int COUNT = 164;

    /** Bands that it reads. */
    static final int BANDS = 40;

    private static final float RANGE_DB = 25;
    private static final int GROUPS = 8;
    private static final int GROUP_BANDS = BANDS / GROUPS;
    private static final int LOWER_BANDS = 16;
    private static final int[] STEP_LAGS = {1, 2, 4, 8, 16};
    private static final int[] DETAIL_LAGS = {1, 2, 4, 8, 16, 32};
    private static final int[] SHIFTED_LAGS = {1, 2};
    private static final int[] LEVEL_LAGS = {2, 4, 8, 16, 32};
    private static final int[] THIRDS = {0, 13, 27, BANDS};
    private static final float DETAIL_OFFSET = 10;
    private static final float FRAMES_PER_UNIT = 50;

    private final float[] values = new float[COUNT];
    private final float[] bandSums = new float[BANDS];
    private final float[] bandSquares = new float[BANDS];
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] level = new float[0];
    private float[] crest = new float[0];
    private float[] lower = new float[0];
    private float[] upper = new float[0];
    private float[] inner = new float[0];
    private float[] innerBelow = new float[0];
    private float[] innerAbove = new float[0];
    private float[] thirds = new float[0];

    private int at;

    /**
     * Reads a window.
     *
     * @param logMel {@code [frames][40]} energies, dB
     * @param speech which frames are speech; at least one
     * @return {@code [COUNT]}, overwritten by the next window
     */
    public float[] of(float[] logMel, int frames, boolean[] speech) {
        int count = 0;
        for (int t = 0; t < frames; t++) {
            count += speech[t] ? 1 : 0;
        }
        if (count == 0) {
            throw new IllegalArgumentException("a window must have speech frames: speech=0, frames=" + frames);
        }
        makeRoom(frames);
        at = 0;
        fillRelative(logMel, frames, speech, count);
        bands(frames, speech, count);
        steps(frames, speech);
        fillDetail(frames);
        detail(frames, speech, count);
        lastingDetail(frames, speech);
        shiftedDetail(frames, speech);
        levels(frames, speech, count);
        together(frames, speech, count);
        return values;
    }

    private void makeRoom(int frames) {
        if (level.length < frames) {
            x = new float[frames * BANDS];
            y = new float[frames * BANDS];
            level = new float[frames];
            crest = new float[frames];
            lower = new float[frames];
            upper = new float[frames];
            inner = new float[frames];
            innerBelow = new float[frames];
            innerAbove = new float[frames];
            thirds = new float[3 * frames];
        }
    }

    private void put(double value) {
        values[at++] = (float) value;
    }

    private void fillRelative(float[] logMel, int frames, boolean[] speech, int count) {
        double sum = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                float ofFrame = 0;
                for (int i = t * BANDS; i < (t + 1) * BANDS; i++) {
                    ofFrame += logMel[i];
                }
                sum += ofFrame;
            }
        }
        float mean = (float) (sum / (BANDS * (double) count));
        int length = frames * BANDS;
        for (int i = 0; i < length; i++) {
            x[i] = Math.max(logMel[i] - mean, -RANGE_DB);
        }
        for (int t = 0; t < frames; t++) {
            float ofFrame = 0;
            float highest = -RANGE_DB;
            for (int i = t * BANDS; i < (t + 1) * BANDS; i++) {
                ofFrame += x[i];
                highest = Math.max(highest, x[i]);
            }
            level[t] = ofFrame / BANDS;
            crest[t] = highest - level[t];
        }
    }

    private void bands(int frames, boolean[] speech, int count) {
        Arrays.fill(bandSums, 0);
        Arrays.fill(bandSquares, 0);
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                int row = t * BANDS;
                for (int b = 0; b < BANDS; b++) {
                    float value = x[row + b];
                    bandSums[b] += value;
                    bandSquares[b] += value * value;
                }
            }
        }
        for (int b = 0; b < BANDS; b++) {
            float mean = bandSums[b] / count;
            values[at + b] = mean;
            values[at + BANDS + b] = (float) Math.sqrt(Math.max(0, bandSquares[b] / count - mean * mean));
        }
        at += 2 * BANDS;
    }

    private void steps(int frames, boolean[] speech) {
        for (int lag : STEP_LAGS) {
            Arrays.fill(bandSums, 0);
            int count = 0;
            for (int t = lag; t < frames; t++) {
                if (speech[t]) {
                    int row = t * BANDS;
                    int before = row - lag * BANDS;
                    for (int b = 0; b < BANDS; b++) {
                        bandSums[b] += Math.abs(x[row + b] - x[before + b]);
                    }
                    count++;
                }
            }
            putGroups(Math.max(1, count));
        }
    }

    /** Means over the bands of each group of what the sums hold, by so many frames. */
    private void putGroups(int count) {
        for (int group = 0; group < GROUPS; group++) {
            float sum = 0;
            for (int b = group * GROUP_BANDS; b < (group + 1) * GROUP_BANDS; b++) {
                sum += bandSums[b];
            }
            put(sum / (GROUP_BANDS * (float) count));
        }
    }

    private void fillDetail(int frames) {
        for (int t = 0; t < frames; t++) {
            int row = t * BANDS;
            for (int b = 2; b < BANDS - 2; b++) {
                int i = row + b;
                y[i] = x[i] - (x[i - 2] + x[i - 1] + x[i] + x[i + 1] + x[i + 2]) / 5;
            }
            // The outermost bands are repeated beyond the edge.
            float first = x[row];
            float last = x[row + BANDS - 1];
            y[row] = first - (3 * first + x[row + 1] + x[row + 2]) / 5;
            y[row + 1] = x[row + 1] - (2 * first + x[row + 1] + x[row + 2] + x[row + 3]) / 5;
            int end = row + BANDS;
            y[end - 2] = x[end - 2] - (x[end - 4] + x[end - 3] + x[end - 2] + 2 * last) / 5;
            y[end - 1] = last - (x[end - 3] + x[end - 2] + 3 * last) / 5;
            lower[t] = product(row, row, LOWER_BANDS);
            upper[t] = product(row + LOWER_BANDS, row + LOWER_BANDS, BANDS - LOWER_BANDS);
            innerBelow[t] = product(row, row, BANDS - 2);
            inner[t] = product(row + 1, row + 1, BANDS - 2);
            innerAbove[t] = product(row + 2, row + 2, BANDS - 2);
        }
    }

    /** Sum of the products of two stretches of detail. */
    private float product(int one, int other, int length) {
        float a = 0;
        float b = 0;
        for (int i = 0; i < length; i += 2) { // all lengths are even
            a += y[one + i] * y[other + i];
            b += y[one + i + 1] * y[other + i + 1];
        }
        return a + b;
    }

    private void detail(int frames, boolean[] speech, int count) {
        Arrays.fill(bandSums, 0);
        float lowerSum = 0;
        float upperSum = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                lowerSum += lower[t];
                upperSum += upper[t];
                int row = t * BANDS;
                for (int b = 0; b < BANDS; b++) {
                    bandSums[b] += Math.abs(y[row + b]);
                }
            }
        }
        put(StrictMath.log((lowerSum + upperSum) / count + 1));
        put(StrictMath.log(lowerSum / count + 1));
        put(StrictMath.log(upperSum / count + 1));
        putGroups(count);
    }

    private void lastingDetail(int frames, boolean[] speech) {
        for (int lag : DETAIL_LAGS) {
            float lowerSum = 0;
            float lowerPower = DETAIL_OFFSET;
            float upperSum = 0;
            float upperPower = DETAIL_OFFSET;
            for (int t = lag; t < frames; t++) {
                if (speech[t]) {
                    int row = t * BANDS;
                    int before = row - lag * BANDS;
                    lowerSum += product(row, before, LOWER_BANDS);
                    upperSum += product(row + LOWER_BANDS, before + LOWER_BANDS, BANDS - LOWER_BANDS);
                    lowerPower += lower[t] + lower[t - lag];
                    upperPower += upper[t] + upper[t - lag];
                }
            }
            put(2 * lowerSum / lowerPower);
            put(2 * upperSum / upperPower);
        }
    }

    private void shiftedDetail(int frames, boolean[] speech) {
        for (int lag : SHIFTED_LAGS) {
            float belowSum = 0;
            float belowPower = DETAIL_OFFSET;
            float aboveSum = 0;
            float abovePower = DETAIL_OFFSET;
            for (int t = lag; t < frames; t++) {
                if (speech[t]) {
                    int row = t * BANDS + 1;
                    int before = row - lag * BANDS;
                    belowSum += product(row, before - 1, BANDS - 2);
                    aboveSum += product(row, before + 1, BANDS - 2);
                    belowPower += inner[t] + innerBelow[t - lag];
                    abovePower += inner[t] + innerAbove[t - lag];
                }
            }
            put(2 * belowSum / belowPower);
            put(2 * aboveSum / abovePower);
        }
    }

    private void levels(int frames, boolean[] speech, int count) {
        double sum = 0;
        double rises = 0;
        double falls = 0;
        double squares = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                sum += level[t];
                float step = t == 0 ? 0 : level[t] - level[t - 1];
                rises += Math.max(0, step);
                falls += Math.max(0, -step);
                squares += step * step;
            }
        }
        float mean = (float) (sum / count);
        double variance = 0;
        double cubes = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                double apart = level[t] - mean;
                variance += apart * apart / count;
                cubes += apart * apart * apart / count;
            }
        }
        double spread = Math.sqrt(variance);
        put(spread);
        put(cubes / (variance * spread + 1));
        put(rises / count);
        put(falls / count);
        put(Math.sqrt(squares / count));
        for (int lag : LEVEL_LAGS) {
            double products = 0;
            int pairs = 0;
            for (int t = lag; t < frames; t++) {
                if (speech[t]) {
                    products += (level[t] - mean) * (level[t - lag] - mean);
                    pairs++;
                }
            }
            put(products / Math.max(1, pairs) / (variance + 1));
        }
    }

    private void together(int frames, boolean[] speech, int count) {
        int runs = 0;
        double crestSum = 0;
        double crestSquares = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                runs += t == 0 || !speech[t - 1] ? 1 : 0;
                crestSum += crest[t];
                crestSquares += crest[t] * crest[t];
            }
        }
        put((double) count / frames);
        put(runs / (frames / FRAMES_PER_UNIT));
        for (int third = 0; third < 3; third++) {
            fillThird(third, frames, speech, count);
        }
        put(correlation(0, 1, frames, speech, count));
        put(correlation(0, 2, frames, speech, count));
        put(correlation(1, 2, frames, speech, count));
        double crestMean = crestSum / count;
        put(crestMean);
        put(Math.sqrt(Math.max(0, crestSquares / count - crestMean * crestMean)));
    }

    /** Levels of a third of the bands, less their mean over the speech frames. */
    private void fillThird(int third, int frames, boolean[] speech, int count) {
        double sum = 0;
        for (int t = 0; t < frames; t++) {
            float ofFrame = 0;
            for (int b = THIRDS[third]; b < THIRDS[third + 1]; b++) {
                ofFrame += x[t * BANDS + b];
            }
            ofFrame /= THIRDS[third + 1] - THIRDS[third];
            thirds[3 * t + third] = ofFrame;
            sum += speech[t] ? ofFrame : 0;
        }
        float mean = (float) (sum / count);
        for (int t = 0; t < frames; t++) {
            thirds[3 * t + third] -= mean;
        }
    }

    private double correlation(int one, int other, int frames, boolean[] speech, int count) {
        double both = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                float a = thirds[3 * t + one];
                float b = thirds[3 * t + other];
                both += a * b;
                ofOne += a * a;
                ofOther += b * b;
            }
        }
        return both / (Math.sqrt(ofOne * ofOther) + count);
    }
}
