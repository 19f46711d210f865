package io.undertone.training.voice;

import java.util.List;

/**
 * A cadence of a tone: simultaneous frequencies, alternately on and off. Ring-back in the United States is 440 and 480 Hz, 2 s on,
 * 4 s off.
 *
 * @param kind what it tells the caller
 * @param frequenciesHz simultaneous frequencies
 * @param modulationHz rate of amplitude modulation, as in Japan's ring-back; 0 for a steady one
 * @param onOffS alternating lengths of sound and silence, s; a single length sounds continuously
 */
record Cadence(Kind kind, double[] frequenciesHz, double modulationHz, double[] onOffS) {
    /** What a tone tells the caller. */
    enum Kind {
        RING_BACK,
        BUSY,
        CONGESTION,
        DIAL
    }

    /** Tones of telephone networks by ITU-T Recommendation E.180, supplement 2 (various tones used in national networks). */
    static final List<Cadence> NATIONAL = List.of(
            // North America
            of(Kind.RING_BACK, hz(440, 480), 2, 4),
            of(Kind.BUSY, hz(480, 620), 0.5, 0.5),
            of(Kind.CONGESTION, hz(480, 620), 0.25, 0.25),
            of(Kind.DIAL, hz(350, 440), 10),
            // United Kingdom
            of(Kind.RING_BACK, hz(400, 450), 0.4, 0.2, 0.4, 2),
            of(Kind.BUSY, hz(400), 0.375, 0.375),
            of(Kind.CONGESTION, hz(400), 0.4, 0.35, 0.225, 0.525),
            // Germany and most of Europe
            of(Kind.RING_BACK, hz(425), 1, 4),
            of(Kind.BUSY, hz(425), 0.48, 0.48),
            of(Kind.CONGESTION, hz(425), 0.24, 0.24),
            of(Kind.DIAL, hz(425), 10),
            // France
            of(Kind.RING_BACK, hz(440), 1.5, 3.5),
            of(Kind.BUSY, hz(440), 0.5, 0.5),
            // Spain
            of(Kind.RING_BACK, hz(425), 1.5, 3),
            of(Kind.BUSY, hz(425), 0.2, 0.2),
            of(Kind.CONGESTION, hz(425), 0.2, 0.2, 0.2, 0.2, 0.2, 0.6),
            // Sweden
            of(Kind.RING_BACK, hz(425), 1, 5),
            of(Kind.BUSY, hz(425), 0.25, 0.25),
            // Russia
            of(Kind.RING_BACK, hz(425), 0.8, 3.2),
            of(Kind.BUSY, hz(425), 0.4, 0.4),
            // China
            of(Kind.RING_BACK, hz(450), 1, 4),
            of(Kind.BUSY, hz(450), 0.35, 0.35),
            of(Kind.CONGESTION, hz(450), 0.7, 0.7),
            // Japan
            new Cadence(Kind.RING_BACK, hz(400), 16, new double[] {1, 2}),
            of(Kind.BUSY, hz(400), 0.5, 0.5),
            // Australia
            new Cadence(Kind.RING_BACK, hz(400, 425), 17, new double[] {0.4, 0.2, 0.4, 2}),
            of(Kind.BUSY, hz(425), 0.375, 0.375),
            // India
            new Cadence(Kind.RING_BACK, hz(400), 25, new double[] {0.4, 0.2, 0.4, 2}),
            of(Kind.BUSY, hz(400), 0.75, 0.75),
            // Brazil, Israel
            of(Kind.RING_BACK, hz(425), 1, 4),
            of(Kind.BUSY, hz(425), 0.25, 0.25),
            of(Kind.RING_BACK, hz(400), 1, 3));

    private static Cadence of(Kind kind, double[] frequenciesHz, double... onOffS) {
        return new Cadence(kind, frequenciesHz, 0, onOffS);
    }

    private static double[] hz(double... frequencies) {
        return frequencies;
    }

    /** The sound from its start; amplitude 1. */
    float[] sound(int samples, int sampleRateHz) {
        float[] sound = new float[samples];
        double period = 0;
        for (double length : onOffS) {
            period += length;
        }
        for (int i = 0; i < samples; i++) {
            double t = (double) i / sampleRateHz;
            if (onOffS.length == 1 || isOn(t % period)) {
                double value = 0;
                for (double frequency : frequenciesHz) {
                    value += Math.sin(2 * Math.PI * frequency * t);
                }
                double swell = modulationHz == 0 ? 1 : (1 + Math.cos(2 * Math.PI * modulationHz * t)) / 2;
                sound[i] = (float) (value * swell / frequenciesHz.length);
            }
        }
        return sound;
    }

    private boolean isOn(double t) {
        double end = 0;
        for (int i = 0; i < onOffS.length; i++) {
            end += onOffS[i];
            if (t < end) {
                return i % 2 == 0;
            }
        }
        return false;
    }
}
