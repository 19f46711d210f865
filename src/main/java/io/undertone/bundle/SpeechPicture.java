package io.undertone.bundle;

/**
 * Turns the rows of a window into the input of a frames network: the mean over the speech rows subtracted from each band (which
 * removes the effects of level and line), in units of {@code scaleDb}, clipped to {@code [low, high]}, and the rows repeated from the
 * first until {@code steps} are filled. With 60 rows and 150 steps, step 60 is row 0 again and step 149 row 29. Immutable,
 * thread-safe.
 *
 * @param steps time steps of the picture
 * @param scaleDb dB per unit
 * @param low least value, in units
 * @param high largest value, in units
 */
public record SpeechPicture(int steps, float scaleDb, float low, float high) {
    public SpeechPicture {
        if (steps < 1 || !(scaleDb > 0) || !(low < high)) {
            throw new IllegalArgumentException("steps must be >= 1, scaleDb > 0, low < high: steps=" + steps
                    + ", scaleDb=" + scaleDb + ", low=" + low + ", high=" + high);
        }
    }

    /**
     * Subtracts the mean and clips, in place.
     *
     * @param bands {@code [rows][width]} in dB
     * @param isSpeech rows that the mean is taken over; all where none is speech
     */
    public void normalise(float[] bands, int rows, int width, java.util.function.IntPredicate isSpeech) {
        double[] mean = new double[width];
        int speech = 0;
        for (int row = 0; row < rows; row++) {
            if (isSpeech.test(row)) {
                speech++;
                add(mean, bands, row * width);
            }
        }
        if (speech == 0) {
            speech = rows;
            for (int row = 0; row < rows; row++) {
                add(mean, bands, row * width);
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                float value = (float) ((bands[row * width + i] - mean[i] / speech) / scaleDb);
                bands[row * width + i] = Math.max(low, Math.min(high, value));
            }
        }
    }

    private static void add(double[] sum, float[] bands, int from) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += bands[from + i];
        }
    }
}
