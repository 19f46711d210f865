package io.undertone.training.voice;

/** Notes on a time line at {@link MadeUpSound#RATE_HZ}. Not thread-safe. */
final class Notes {
    private static final double EDGE_S = 0.003;

    private final float[] sound;

    Notes(int samples) {
        sound = new float[samples];
    }

    /** Length of the line, s. */
    double endS() {
        return (double) sound.length / MadeUpSound.RATE_HZ;
    }

    /** Adds a simple note that decays by {@code decay} nepers per second. */
    void add(double fromS, double lengthS, double frequencyHz, double amplitude, double decay) {
        add(fromS, lengthS, frequencyHz, amplitude, decay, 0);
    }

    /**
     * Adds a simple note whose frequency glides.
     *
     * @param glide octaves per second
     */
    void add(double fromS, double lengthS, double frequencyHz, double amplitude, double decay, double glide) {
        int from = (int) (fromS * MadeUpSound.RATE_HZ);
        int length = (int) (lengthS * MadeUpSound.RATE_HZ);
        double phase = 0;
        for (int i = 0; i < length && from + i < sound.length; i++) {
            double t = (double) i / MadeUpSound.RATE_HZ;
            double edge = Math.min(1, Math.min(t, lengthS - t) / EDGE_S);
            sound[from + i] += (float) (amplitude * edge * Math.exp(-decay * t) * Math.sin(phase));
            phase += 2 * Math.PI * frequencyHz * Math.pow(2, glide * t) / MadeUpSound.RATE_HZ;
        }
    }

    /** The mixed samples; peaks may exceed 1. */
    float[] sound() {
        return sound;
    }
}
