package io.undertone.training.voice;

/**
 * Some seconds of audio from a line at 8 kHz, annotated with speech. Immutable by agreement.
 *
 * @param samples mono, [-1, 1]
 * @param spoken for each stretch of 20 ms, whether somebody speaks
 */
record Scene(float[] samples, boolean[] spoken) {
    /** Length of a stretch in samples. */
    static final int STRETCH = MadeUpSound.RATE_HZ / 50;

    /** Stretches with speech among those from {@code fromMs} up to {@code toMs}. */
    int spokenStretches(long fromMs, long toMs) {
        int count = 0;
        for (int i = (int) (fromMs / 20); i < Math.min(spoken.length, toMs / 20); i++) {
            count += spoken[i] ? 1 : 0;
        }
        return count;
    }
}
