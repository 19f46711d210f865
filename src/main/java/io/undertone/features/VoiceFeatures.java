package io.undertone.features;

import java.util.Arrays;
import java.util.List;

/**
 * Features that distinguish a voice from other sound in a window's speech frames: {@value #COUNT} numbers from its log-mel energies, independent
 * of the level. Voices glide and break off, notes and tones are steady; the features measure how far apart bands and frames are,
 * how long the detail of a spectrum lasts, and how levels rise and fall. Allocates nothing for a window; not thread-safe.
 *
 * <p>Energies are relative to the mean of the speech frames, and at least -{@value #RANGE_DB} dB:
 * {@code x}. Its detail {@code y} is {@code x} less the mean of the five bands around. With {@code t} over the speech frames, and lagged
 * sums only where the earlier frame is in the window, in order:
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

    // [bands][frames], since Java's compiler makes vector instructions of loops over several arrays at one index:
    private final float[][] x = new float[BANDS][0];
    private final float[][] y = new float[BANDS][0];
    private final float[][] earlier = new float[BANDS][0];
    private final float[][] thirds = new float[THIRDS.length - 1][0];

    // By frame:
    /** 1 or 0. */
    private float[] isSpeech = new float[0];

    private float[] level = new float[0];
    private float[] highest = new float[0];
    private float[] lower = new float[0];
    private float[] upper = new float[0];
    private float[] inner = new float[0];
    private float[] innerBelow = new float[0];
    private float[] innerAbove = new float[0];
    private float[] ofFrames = new float[0];

    // The window being read:
    private int frames;
    private boolean[] speech = new boolean[0];
    private int count;
    private int at;

    /**
     * Computes the features of a window.
     *
     * @param logMel {@code [40][frames]} energies, dB
     * @param speech which frames are speech; at least one
     * @return {@code [COUNT]}, overwritten by the next window
     */
    public float[] of(float[][] logMel, int frames, boolean[] speech) {
        this.frames = frames;
        this.speech = speech;
        count = speechFrames(0);
        if (count == 0) {
            throw new IllegalArgumentException("a window must have speech frames: speech=0, frames=" + frames);
        }
        makeRoom();
        at = 0;
        for (int t = 0; t < frames; t++) {
            isSpeech[t] = speech[t] ? 1 : 0;
        }
        fillRelative(logMel);
        bands();
        steps();
        fillDetail();
        detail();
        lastingDetail();
        shiftedDetail();
        levels();
        together();
        return values;
    }

    private void makeRoom() {
        if (level.length < frames) {
            for (float[][] planes : List.of(x, y, earlier, thirds)) {
                Arrays.setAll(planes, i -> new float[frames]);
            }
            isSpeech = new float[frames];
            level = new float[frames];
            highest = new float[frames];
            lower = new float[frames];
            upper = new float[frames];
            inner = new float[frames];
            innerBelow = new float[frames];
            innerAbove = new float[frames];
            ofFrames = new float[frames];
        }
    }

    private void put(double value) {
        values[at++] = (float) value;
    }

    /** Number of speech frames from {@code from} on. */
    private int speechFrames(int from) {
        int number = 0;
        for (int t = from; t < frames; t++) {
            number += speech[t] ? 1 : 0;
        }
        return number;
    }

    /** Sum over the speech frames from {@code from} on, below {@link #frames}. */
    private double sumOfSpeech(float[] ofFrames, int from) {
        // Eight sums, since one would wait for each addition.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int t = from;
        for (; t + 7 < frames; t += 8) {
            a += isSpeech[t] * ofFrames[t];
            b += isSpeech[t + 1] * ofFrames[t + 1];
            c += isSpeech[t + 2] * ofFrames[t + 2];
            d += isSpeech[t + 3] * ofFrames[t + 3];
            e += isSpeech[t + 4] * ofFrames[t + 4];
            f += isSpeech[t + 5] * ofFrames[t + 5];
            g += isSpeech[t + 6] * ofFrames[t + 6];
            h += isSpeech[t + 7] * ofFrames[t + 7];
        }
        for (; t < frames; t++) {
            a += isSpeech[t] * ofFrames[t];
        }
        return a + b + (c + d) + (e + f + (g + h));
    }

    private void fillRelative(float[][] logMel) {
        Arrays.fill(level, 0, frames, 0);
        for (int b = 0; b < BANDS; b++) {
            add(logMel[b], level);
        }
        float mean = (float) (sumOfSpeech(level, 0) / (BANDS * (double) count));
        Arrays.fill(level, 0, frames, 0);
        Arrays.fill(highest, 0, frames, -RANGE_DB);
        for (int b = 0; b < BANDS; b++) {
            fillRelative(logMel[b], mean, x[b]);
        }
        for (int t = 0; t < frames; t++) {
            level[t] /= BANDS;
        }
    }

    private void fillRelative(float[] energies, float mean, float[] band) {
        for (int t = 0; t < frames; t++) {
            float value = Math.max(energies[t] - mean, -RANGE_DB);
            band[t] = value;
            level[t] += value;
            highest[t] = Math.max(highest[t], value);
        }
    }

    private void bands() {
        for (int b = 0; b < BANDS; b++) {
            float[] band = x[b];
            for (int t = 0; t < frames; t++) {
                ofFrames[t] = band[t] * band[t];
            }
            float mean = (float) (sumOfSpeech(band, 0) / count);
            values[at + b] = mean;
            values[at + BANDS + b] = (float) Math.sqrt(Math.max(0, sumOfSpeech(ofFrames, 0) / count - mean * mean));
        }
        at += 2 * BANDS;
    }

    private void steps() {
        for (int lag : STEP_LAGS) {
            int number = Math.max(1, speechFrames(lag));
            delay(x, lag);
            for (int group = 0; group < GROUPS; group++) {
                Arrays.fill(ofFrames, 0, frames, 0);
                for (int b = group * GROUP_BANDS; b < (group + 1) * GROUP_BANDS; b++) {
                    addSteps(x[b], earlier[b], ofFrames);
                }
                put(sumOfSpeech(ofFrames, lag) / (GROUP_BANDS * number));
            }
        }
    }

    private void addSteps(float[] now, float[] before, float[] sums) {
        for (int t = 0; t < frames; t++) {
            sums[t] += Math.abs(now[t] - before[t]);
        }
    }

    /** Fills {@link #earlier} with what the bands held {@code lag} frames before; its first {@code lag} frames mean nothing. */
    private void delay(float[][] bands, int lag) {
        for (int b = 0; b < BANDS; b++) {
            System.arraycopy(bands[b], 0, earlier[b], Math.min(lag, frames), Math.max(0, frames - lag));
        }
    }

    private void fillDetail() {
        for (int b = 0; b < BANDS; b++) {
            // The outermost bands are repeated beyond the edge.
            float[] twoBelow = x[Math.max(0, b - 2)];
            float[] below = x[Math.max(0, b - 1)];
            float[] above = x[Math.min(BANDS - 1, b + 1)];
            float[] twoAbove = x[Math.min(BANDS - 1, b + 2)];
            float[] band = x[b];
            float[] detail = y[b];
            for (int t = 0; t < frames; t++) {
                detail[t] = band[t] - (twoBelow[t] + below[t] + band[t] + above[t] + twoAbove[t]) / 5;
            }
        }
    }

    private void detail() {
        fillProducts(y, 0, y, 0, LOWER_BANDS, lower);
        fillProducts(y, LOWER_BANDS, y, LOWER_BANDS, BANDS - LOWER_BANDS, upper);
        double lowerSum = sumOfSpeech(lower, 0);
        double upperSum = sumOfSpeech(upper, 0);
        put(StrictMath.log((lowerSum + upperSum) / count + 1));
        put(StrictMath.log(lowerSum / count + 1));
        put(StrictMath.log(upperSum / count + 1));
        for (int group = 0; group < GROUPS; group++) {
            Arrays.fill(ofFrames, 0, frames, 0);
            for (int b = group * GROUP_BANDS; b < (group + 1) * GROUP_BANDS; b++) {
                addMagnitudes(y[b], ofFrames);
            }
            put(sumOfSpeech(ofFrames, 0) / (GROUP_BANDS * count));
        }
    }

    private void addMagnitudes(float[] band, float[] sums) {
        for (int t = 0; t < frames; t++) {
            sums[t] += Math.abs(band[t]);
        }
    }

    /** Fills, for each frame, the sum over so many bands of the products of two tables, each from a band of its own on. */
    private void fillProducts(float[][] some, int fromSome, float[][] others, int fromOther, int bands, float[] sums) {
        Arrays.fill(sums, 0, frames, 0);
        for (int b = 0; b < bands; b += 2) { // all numbers of bands are even
            addProducts(
                    some[fromSome + b], others[fromOther + b], some[fromSome + b + 1], others[fromOther + b + 1], sums);
        }
    }

    private void addProducts(float[] a, float[] b, float[] c, float[] d, float[] sums) {
        for (int t = 0; t < frames; t++) {
            sums[t] += a[t] * b[t] + c[t] * d[t];
        }
    }

    private void lastingDetail() {
        for (int lag : DETAIL_LAGS) {
            delay(y, lag);
            putLasting(0, LOWER_BANDS, lower, 0, lower, lag);
            putLasting(LOWER_BANDS, BANDS - LOWER_BANDS, upper, LOWER_BANDS, upper, lag);
        }
    }

    private void shiftedDetail() {
        int inside = BANDS - 2;
        fillProducts(y, 1, y, 1, inside, inner);
        fillProducts(y, 0, y, 0, inside, innerBelow);
        fillProducts(y, 2, y, 2, inside, innerAbove);
        for (int lag : SHIFTED_LAGS) {
            delay(y, lag);
            putLasting(1, inside, inner, 0, innerBelow, lag);
            putLasting(1, inside, inner, 2, innerAbove, lag);
        }
    }

    /**
     * Puts how far the detail of some bands lasts in others.
     *
     * @param from the first of so many bands, whose energies are {@code now}
     * @param fromEarlier the first of the bands of {@link #earlier}, {@code lag} frames before, whose energies are {@code before}
     */
    private void putLasting(int from, int bands, float[] now, int fromEarlier, float[] before, int lag) {
        fillProducts(y, from, earlier, fromEarlier, bands, ofFrames);
        double power = DETAIL_OFFSET;
        for (int t = lag; t < frames; t++) {
            power += speech[t] ? now[t] + before[t - lag] : 0;
        }
        put(2 * sumOfSpeech(ofFrames, lag) / power);
    }

    private void levels() {
        double rises = 0;
        double falls = 0;
        double squares = 0;
        for (int t = 1; t < frames; t++) {
            if (speech[t]) {
                float step = level[t] - level[t - 1];
                rises += Math.max(0, step);
                falls += Math.max(0, -step);
                squares += step * step;
            }
        }
        float mean = (float) (sumOfSpeech(level, 0) / count);
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
            for (int t = lag; t < frames; t++) {
                if (speech[t]) {
                    products += (level[t] - mean) * (level[t - lag] - mean);
                }
            }
            put(products / Math.max(1, speechFrames(lag)) / (variance + 1));
        }
    }

    private void together() {
        int runs = 0;
        double crestSum = 0;
        double crestSquares = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                double crest = highest[t] - level[t];
                runs += t == 0 || !speech[t - 1] ? 1 : 0;
                crestSum += crest;
                crestSquares += crest * crest;
            }
        }
        put((double) count / frames);
        put(runs / (frames / FRAMES_PER_UNIT));
        for (int third = 0; third < thirds.length; third++) {
            fillThird(thirds[third], THIRDS[third], THIRDS[third + 1]);
        }
        put(correlation(thirds[0], thirds[1]));
        put(correlation(thirds[0], thirds[2]));
        put(correlation(thirds[1], thirds[2]));
        double crestMean = crestSum / count;
        put(crestMean);
        put(Math.sqrt(Math.max(0, crestSquares / count - crestMean * crestMean)));
    }

    /** Levels of bands {@code [from; to)}, less their mean over the speech frames. */
    private void fillThird(float[] third, int from, int to) {
        Arrays.fill(third, 0, frames, 0);
        for (int b = from; b < to; b++) {
            add(x[b], third);
        }
        float mean = (float) (sumOfSpeech(third, 0) / count);
        for (int t = 0; t < frames; t++) {
            third[t] = (third[t] - mean) / (to - from);
        }
    }

    private void add(float[] band, float[] sums) {
        for (int t = 0; t < frames; t++) {
            sums[t] += band[t];
        }
    }

    private double correlation(float[] one, float[] other) {
        double both = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (int t = 0; t < frames; t++) {
            if (speech[t]) {
                both += one[t] * other[t];
                ofOne += one[t] * one[t];
                ofOther += other[t] * other[t];
            }
        }
        return both / (Math.sqrt(ofOne * ofOther) + count);
    }
}
