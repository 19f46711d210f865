package io.undertone.training.condition;

/**
 * Butterworth high-pass of order 4 followed by a Butterworth low-pass of order 4: 24 dB an octave at both edges, -3 dB at each
 * edge. Two biquads each; their coefficients are those of Bristow-Johnson's Audio EQ Cookbook with the Q of Butterworth's
 * poles, 0.5412 and 1.3066. Immutable.
 */
public final class BandPass {
    private static final double[] BUTTERWORTH_Q = {0.541196100146197, 1.306562964876377};

    private final double lowHz;
    private final double highHz;

    /**
     * @param lowHz lower edge, Hz
     * @param highHz upper edge, Hz
     */
    public BandPass(double lowHz, double highHz) {
        if (lowHz <= 0 || highHz <= lowHz) {
            throw new IllegalArgumentException("lowHz must be > 0 and < highHz: lowHz=" + lowHz + ", highHz=" + highHz);
        }
        this.lowHz = lowHz;
        this.highHz = highHz;
    }

    /** The samples filtered, from rest. An upper edge at or above half the rate filters nothing there. */
    public float[] apply(float[] samples, int sampleRateHz) {
        double[] x = new double[samples.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = samples[i];
        }
        for (double q : BUTTERWORTH_Q) {
            biquad(x, lowHz, sampleRateHz, q, true);
            if (highHz < 0.49 * sampleRateHz) {
                biquad(x, highHz, sampleRateHz, q, false);
            }
        }
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
        }
        return y;
    }

    private static void biquad(double[] x, double edgeHz, int sampleRateHz, double q, boolean highPass) {
        double w = 2 * Math.PI * edgeHz / sampleRateHz;
        double cos = Math.cos(w);
        double alpha = Math.sin(w) / (2 * q);
        double a0 = 1 + alpha;
        double a1 = -2 * cos / a0;
        double a2 = (1 - alpha) / a0;
        double b0 = (highPass ? (1 + cos) : (1 - cos)) / 2 / a0;
        double b1 = (highPass ? -2 : 2) * b0;
        double s1 = 0;
        double s2 = 0;
        for (int i = 0; i < x.length; i++) { // transposed direct form II
            double in = x[i];
            double out = b0 * in + s1;
            s1 = b1 * in - a1 * out + s2;
            s2 = b0 * in - a2 * out;
            x[i] = out;
        }
    }
}
