package io.undertone.training.condition;

/**
 * Sample-rate conversion of a whole recording by any ratio, for lines and for faster or slower speech: band-limited
 * interpolation with a sinc of 24 zero crossings a side under a Hann window (Smith, Digital Audio Resampling), with positions between two
 * samples rounded to 1/512, which leaves -66 dB of error at worst and none at whole ratios. The pass band ends at 0.9 of half the lower
 * rate. The stream itself resamples in {@code audio}.
 */
public final class Resampling {
    private static final int CROSSINGS = 24;
    private static final int PHASES = 512;
    private static final double ROLL_OFF = 0.95;

    private Resampling() {}

    /**
     * Converts and plays {@code speed} times as fast: {@code round(n x toHz / fromHz / speed)} samples come out.
     *
     * @param samples mono
     */
    public static float[] convert(float[] samples, int fromHz, int toHz, double speed) {
        if (fromHz == toHz && speed == 1) {
            return samples.clone();
        }
        double step = (double) fromHz / toHz * speed; // samples in for one out
        double cut = ROLL_OFF * Math.min(1, 1 / step);
        int reach = (int) Math.ceil(CROSSINGS / cut);
        float[][] kernels = new float[PHASES][];
        float[] padded = new float[samples.length + 2 * reach + 2 + 4];
        System.arraycopy(samples, 0, padded, reach, samples.length);
        float[] out = new float[(int) Math.round(samples.length / step)];
        for (int i = 0; i < out.length; i++) {
            long place = Math.round(i * step * PHASES);
            int before = (int) Math.min(samples.length, place / PHASES);
            int phase = (int) (place % PHASES);
            if (kernels[phase] == null) {
                kernels[phase] = kernel((double) phase / PHASES, cut, reach);
            }
            out[i] = product(kernels[phase], padded, before);
        }
        return out;
    }

    /** Weights of the samples from {@code reach} before to {@code reach + 1} after, for a place between two samples. */
    private static float[] kernel(double between, double cut, int reach) {
        float[] kernel = new float[(2 * reach + 2 + 3) / 4 * 4];
        for (int i = 0; i < 2 * reach + 2; i++) {
            double x = Math.PI * cut * (i - reach - between);
            double window = Math.abs(x) >= Math.PI * CROSSINGS ? 0 : (1 + Math.cos(x / CROSSINGS)) / 2;
            kernel[i] = (float) (cut * window * (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x));
        }
        return kernel;
    }

    private static float product(float[] kernel, float[] samples, int from) {
        int length = Math.min(kernel.length, samples.length - from) / 4 * 4;
        float a = 0; // four sums side by side, so that the processor need not wait for one
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < length; i += 4) {
            a += kernel[i] * samples[from + i];
            b += kernel[i + 1] * samples[from + i + 1];
            c += kernel[i + 2] * samples[from + i + 2];
            d += kernel[i + 3] * samples[from + i + 3];
        }
        return a + b + (c + d);
    }
}
