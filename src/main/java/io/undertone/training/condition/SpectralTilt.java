package io.undertone.training.condition;

/**
 * A microphone or line that emphasises high or low frequencies: a first-order shelving filter around 1 kHz, {@code y = low + g (x - low)},
 * low being what a one-pole low-pass lets through. Stateless.
 */
final class SpectralTilt {
    private static final double CORNER_HZ = 1_000;

    private SpectralTilt() {}

    /**
     * Tilted samples.
     *
     * @param highDb gain well above the corner; below it there is none
     */
    static float[] apply(float[] samples, int sampleRateHz, double highDb) {
        float pole = (float) Math.exp(-2 * Math.PI * CORNER_HZ / sampleRateHz);
        float gain = (float) Math.pow(10, highDb / 20);
        float[] out = new float[samples.length];
        float low = 0;
        for (int i = 0; i < samples.length; i++) {
            low += (1 - pole) * (samples[i] - low);
            out[i] = low + gain * (samples[i] - low);
        }
        return out;
    }
}
