package io.undertone.training.voice;

import java.util.SplittableRandom;

/**
 * A random room: eight feedback combs with a low-pass in each loop, then four all-passes (Schroeder 1962; Moorer 1979, "About
 * this reverberation business"), added to the direct sound. 8 kHz.
 */
final class Room {
    private static final int COMBS = 8;
    private static final int ALL_PASSES = 4;
    private static final double ALL_PASS_GAIN = 0.5;

    private Room() {}

    /**
     * The signal at a microphone in the room.
     *
     * @param samples at 8 kHz
     */
    static float[] hear(float[] samples, SplittableRandom random) {
        double decayS = random.nextDouble(0.15, 1.1);
        double directDb = random.nextDouble(-8, 12);
        double damping = random.nextDouble(0.1, 0.6);
        double size = random.nextDouble(0.5, 1.4);
        float[] wet = new float[samples.length];
        for (int comb = 0; comb < COMBS; comb++) {
            int delay = Math.max(8, (int) (size * random.nextDouble(0.018, 0.05) * MadeUpSound.RATE_HZ));
            double feedback = Math.pow(10, -3.0 * delay / MadeUpSound.RATE_HZ / decayS);
            double[] line = new double[delay];
            double low = 0;
            for (int i = 0; i < samples.length; i++) {
                double out = line[i % delay];
                low = out + damping * (low - out);
                line[i % delay] = samples[i] + feedback * low;
                wet[i] += (float) out;
            }
        }
        for (int pass = 0; pass < ALL_PASSES; pass++) {
            int delay = Math.max(4, (int) (size * random.nextDouble(0.002, 0.012) * MadeUpSound.RATE_HZ));
            double[] line = new double[delay];
            for (int i = 0; i < samples.length; i++) {
                double stored = line[i % delay];
                double in = wet[i] + ALL_PASS_GAIN * stored;
                line[i % delay] = in;
                wet[i] = (float) (stored - ALL_PASS_GAIN * in);
            }
        }
        double dry = power(samples);
        double reverberant = power(wet);
        float gain = (float) Math.sqrt(dry / (reverberant + 1e-12) * Math.pow(10, -directDb / 10));
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i] + gain * wet[i];
        }
        return out;
    }

    private static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }
}
