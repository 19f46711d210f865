package io.undertone.features;

/**
 * librosa's mel filters ({@code librosa.filters.mel}, {@code htk=False, norm='slaney'}), kept without their zeros: triangles whose
 * corners are evenly spaced on Slaney's mel scale (linear below 1 kHz, logarithmic above; Auditory Toolbox, 1998), each
 * of area 1 in Hz. Immutable.
 */
final class MelFilters {
    private static final double HZ_PER_MEL = 200.0 / 3;
    private static final double LOG_FROM_HZ = 1_000;
    private static final double LOG_FROM_MEL = LOG_FROM_HZ / HZ_PER_MEL;
    private static final double LOG_STEP = StrictMath.log(6.4) / 27;

    private final int[] firstBin;
    private final int[] firstWeight;
    private final float[] weights;
    private final int lowestBin;
    private final int bins;

    MelFilters(FeatureSpec spec) {
        this(spec, 1);
    }

    /**
     * @param tract factor by which the vocal tract is to sound longer: the spectrum is read at {@code f / tract}, so 1.1 lowers
     *     the formants by a tenth (vocal tract length perturbation, Jaitly and Hinton 2013)
     */
    MelFilters(FeatureSpec spec, double tract) {
        int bands = spec.melBands();
        double[] cornersHz = new double[bands + 2];
        double low = toMel(spec.fMinHz());
        double high = toMel(spec.fMaxHz());
        for (int i = 0; i < cornersHz.length; i++) {
            cornersHz[i] = toHz(low + (high - low) * i / (bands + 1));
        }
        int halfFft = spec.fftSamples() / 2;
        float[][] rows = new float[bands][];
        firstBin = new int[bands];
        firstWeight = new int[bands + 1];
        int lowest = halfFft;
        int highest = 0;
        for (int band = 0; band < bands; band++) {
            rows[band] = new float[halfFft + 1];
            int from = halfFft + 1;
            int to = 0;
            for (int bin = 0; bin <= halfFft; bin++) {
                double hz = (double) bin * spec.sampleRateHz() / spec.fftSamples() / tract;
                float weight = (float) weight(cornersHz[band], cornersHz[band + 1], cornersHz[band + 2], hz);
                rows[band][bin] = weight;
                if (weight > 0) {
                    from = Math.min(from, bin);
                    to = bin + 1;
                }
            }
            // A filter narrower than the distance between two bins may cover none: its energy is then always 0.
            from = Math.min(from, to);
            firstBin[band] = from;
            firstWeight[band + 1] = firstWeight[band] + to - from;
            if (to > from) {
                lowest = Math.min(lowest, from);
                highest = Math.max(highest, to);
            }
        }
        weights = new float[firstWeight[bands]];
        for (int band = 0; band < bands; band++) {
            int count = firstWeight[band + 1] - firstWeight[band];
            System.arraycopy(rows[band], firstBin[band], weights, firstWeight[band], count);
        }
        lowestBin = lowest;
        bins = Math.max(0, highest - lowest);
    }

    /** The lowest bin that any filter covers. */
    int lowestBin() {
        return lowestBin;
    }

    /** Number of bins, from the lowest on, that filters cover. */
    int bins() {
        return bins;
    }

    int bands() {
        return firstBin.length;
    }

    /**
     * Applies the filters to a power spectrum.
     *
     * @param power by bin, from bin 0
     * @param energies filled with {@code [melBands]} from {@code offset} on
     */
    void apply(float[] power, float[] energies, int offset) {
        for (int band = 0; band < firstBin.length; band++) {
            int from = firstWeight[band];
            int to = firstWeight[band + 1];
            int bin = firstBin[band] - from;
            // Four sums, since each addition to a single one would have to wait for the last.
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            int i = from;
            for (; i + 3 < to; i += 4) {
                a += weights[i] * power[bin + i];
                b += weights[i + 1] * power[bin + i + 1];
                c += weights[i + 2] * power[bin + i + 2];
                d += weights[i + 3] * power[bin + i + 3];
            }
            for (; i < to; i++) {
                a += weights[i] * power[bin + i];
            }
            energies[offset + band] = a + b + (c + d);
        }
    }

    private static double weight(double lowHz, double peakHz, double highHz, double hz) {
        double triangle = Math.min((hz - lowHz) / (peakHz - lowHz), (highHz - hz) / (highHz - peakHz));
        return Math.max(0, triangle) * 2 / (highHz - lowHz);
    }

    static double toMel(double hz) {
        return hz < LOG_FROM_HZ ? hz / HZ_PER_MEL : LOG_FROM_MEL + StrictMath.log(hz / LOG_FROM_HZ) / LOG_STEP;
    }

    static double toHz(double mel) {
        return mel < LOG_FROM_MEL ? mel * HZ_PER_MEL : LOG_FROM_HZ * StrictMath.exp(LOG_STEP * (mel - LOG_FROM_MEL));
    }
}
