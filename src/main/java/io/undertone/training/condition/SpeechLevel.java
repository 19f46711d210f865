package io.undertone.training.condition;

import java.util.Arrays;

/**
 * The level of the speech in a recording, without its pauses: RMS over the 20 ms packets within 30 dB of the 95th percentile
 * of packet power.
 */
public final class SpeechLevel {
    private static final double RANGE = 1e-3; // 30 dB
    private static final double PERCENTILE = 0.95;

    private SpeechLevel() {}

    /** RMS of the speech, [0, 1] for full scale; 0 for silence. */
    public static double rms(float[] samples, int sampleRateHz) {
        int packet = Math.max(1, sampleRateHz / LineAudio.PACKETS_PER_S);
        double[] power = new double[Math.max(1, samples.length / packet)];
        for (int p = 0; p < power.length; p++) {
            int end = Math.min(samples.length, (p + 1) * packet);
            double sum = 0;
            for (int i = p * packet; i < end; i++) {
                sum += (double) samples[i] * samples[i];
            }
            power[p] = sum / packet;
        }
        double[] sorted = power.clone();
        Arrays.sort(sorted);
        double floor = sorted[(int) ((sorted.length - 1) * PERCENTILE)] * RANGE;
        return Math.sqrt(Arrays.stream(power).filter(p -> p >= floor).average().orElse(0));
    }
}
