package io.undertone.training.condition;

import java.util.SplittableRandom;

/** Noise with a spectrum that falls by some dB per octave. */
public final class Noise {
    /** White noise filtered by one pole of this radius, mixed with the white, gives a slope between white and brown. */
    private static final double POLE = 0.97;

    private Noise() {}

    /**
     * Gaussian noise of RMS 1.
     *
     * @param colour 0 for white (equal power at all frequencies) to 1 for low-pass noise (6 dB an octave above some 40 Hz at 8
     *     kHz); in between, a mix
     */
    public static float[] draw(int samples, double colour, SplittableRandom random) {
        float[] noise = new float[samples];
        double low = 0;
        double power = 0;
        double whiteGain = 1 - colour;
        double lowGain = colour * Math.sqrt(1 - POLE * POLE);
        for (int i = 0; i < samples; i++) {
            double white = random.nextGaussian();
            low = POLE * low + white;
            double value = whiteGain * white + lowGain * low;
            noise[i] = (float) value;
            power += value * value;
        }
        float scale = (float) (1 / Math.sqrt(power / Math.max(1, samples) + 1e-30));
        for (int i = 0; i < samples; i++) {
            noise[i] *= scale;
        }
        return noise;
    }
}
