package io.undertone.training.condition;

import java.util.SplittableRandom;

/**
 * The reverberation of a room: four parallel comb filters, whose echoes decay by 60 dB in the time given, then two all-pass filters
 * (Schroeder 1962, "Natural sounding artificial reverberation"), mixed under the direct sound. Delays are drawn around those of the paper,
 * so that each room sounds different. Stateless.
 */
final class Room {
    private static final double[] COMBS_MS = {29.7, 37.1, 41.1, 43.7};
    private static final double[] ALL_PASSES_MS = {5.0, 1.7};
    private static final double ALL_PASS_GAIN = 0.7;
    private static final double LEAST_SIZE = 0.4;
    private static final double MOST_SIZE = 1.1;

    private Room() {}

    /**
     * Samples as a microphone in a room hears them, as many as there were.
     *
     * @param samples mono
     * @param decayS seconds until echoes have fallen by 60 dB
     * @param reverberantDb level of all echoes together, relative to the direct sound
     */
    static float[] apply(
            float[] samples, int sampleRateHz, double decayS, double reverberantDb, SplittableRandom random) {
        double size = random.nextDouble(LEAST_SIZE, MOST_SIZE);
        float[] echoes = new float[samples.length];
        for (double ms : COMBS_MS) {
            int delay = delay(ms * size, sampleRateHz, random);
            comb(samples, echoes, delay, (float) Math.pow(10, -3 * (double) delay / sampleRateHz / decayS));
        }
        for (double ms : ALL_PASSES_MS) {
            allPass(echoes, delay(ms * size, sampleRateHz, random));
        }
        double ratio = power(samples) / Math.max(1e-20, power(echoes));
        float gain = (float) (Math.sqrt(ratio) * Math.pow(10, reverberantDb / 20));
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i] + gain * echoes[i];
        }
        return out;
    }

    private static int delay(double ms, int sampleRateHz, SplittableRandom random) {
        return Math.max(1, (int) (ms * random.nextDouble(0.9, 1.1) * sampleRateHz / 1_000));
    }

    /** Adds {@code y(n) = x(n) + gain y(n - delay)}, less the direct sound. */
    private static void comb(float[] samples, float[] sum, int delay, float gain) {
        float[] y = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            float echo = i < delay ? 0 : gain * y[i - delay];
            y[i] = samples[i] + echo;
            sum[i] += echo;
        }
    }

    /** {@code y(n) = -g x(n) + x(n - delay) + g y(n - delay)}, in place. */
    private static void allPass(float[] samples, int delay) {
        float g = (float) ALL_PASS_GAIN;
        float[] x = samples.clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = -g * x[i] + (i < delay ? 0 : x[i - delay] + g * samples[i - delay]);
        }
    }

    private static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }
}
