package io.undertone.audio;

import be.tarsos.dsp.resample.Resampler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The low-pass filter of TarsosDSP's high-quality {@link Resampler} (after J. O. Smith's resample: a sinc cut off at 0.9 of
 * the lower Nyquist frequency, Kaiser window of beta 6, 17 zero crossings to each side), and its weights for one pair of rates.
 *
 * <p>The filter is measured as TarsosDSP's impulse response and applied at exact rational times: output k is
 * at input time {@code k * down / up}, where TarsosDSP accumulates a rounded step. So an output depends on its neighbouring
 * inputs and its index only, and 8,000 to 22,050 Hz (160 : 441) has just 441 sets of weights. Immutable.
 */
final class ResamplingFilter {
    /** Zero crossings to each side at which TarsosDSP's filter ends. */
    private static final int CROSSINGS = 17;

    /** Points of the filter per zero crossing: linear interpolation between them has an error below 2e-6. */
    private static final int POINTS = 512;

    /** Larger tables (pairs of rates with no small ratio) are not kept; their weights are computed at each output. */
    private static final int MAX_TABLE = 1 << 17;

    private static final int MAX_CACHED = 32;
    private static final float[] IMPULSE_RESPONSE = impulseResponse();
    private static final Map<Long, ResamplingFilter> CACHE = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ResamplingFilter> eldest) {
            return size() > MAX_CACHED;
        }
    };

    private final int up;
    private final int down;
    private final int reach;
    private final float[] table;
    private final @Nullable UpsamplingWeights upsampling;

    private ResamplingFilter(int up, int down) {
        this.up = up;
        this.down = down;
        this.reach = up == down ? 0 : (int) ((CROSSINGS * (long) Math.max(up, down) + up - 1) / up);
        boolean small = (long) up * taps() <= MAX_TABLE;
        table = new float[small ? up * taps() : 0];
        for (int phase = 0; phase < (small ? up : 0); phase++) {
            fill(phase, table, phase * taps());
        }
        boolean worthIt = up > down && table.length > 0 && UpsamplingWeights.size(up, down, taps()) <= MAX_TABLE;
        upsampling = worthIt ? new UpsamplingWeights(up, down, taps(), table) : null;
    }

    /** The filter for a pair of rates, shared. */
    static ResamplingFilter between(int fromHz, int toHz) {
        int divisor = gcd(fromHz, toHz);
        int up = toHz / divisor;
        int down = fromHz / divisor;
        synchronized (CACHE) {
            return CACHE.computeIfAbsent((long) up << 32 | down, key -> new ResamplingFilter(up, down));
        }
    }

    /** Outputs in one period of the ratio: 441 from 8,000 to 22,050 Hz. */
    int up() {
        return up;
    }

    /** Inputs in one period of the ratio: 160 from 8,000 to 22,050 Hz. */
    int down() {
        return down;
    }

    /** Inputs on each side that an output depends on. */
    int reach() {
        return reach;
    }

    /** Inputs that an output depends on: those after {@code floor(time) - reach}, up to {@code floor(time) + reach}. */
    int taps() {
        return 2 * reach;
    }

    /** Its weights for many outputs at once; null when downsampling and where there is no table. */
    @Nullable
    UpsamplingWeights upsampling() {
        return upsampling;
    }

    /**
     * One output.
     *
     * @param phase its time's fraction, in 1 / up
     * @param samples the inputs, {@code taps()} of them from {@code from} on
     * @param scratch {@code taps()} places, for ratios without a table
     */
    float apply(int phase, float[] samples, int from, float[] scratch) {
        float[] weights = table;
        int row = phase * taps();
        if (weights.length == 0) {
            fill(phase, scratch, 0);
            weights = scratch;
            row = 0;
        }
        // Four sums, since additions to one would be sequential; eight taps per iteration, since 34 are few to loop
        // over.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int taps = taps();
        int i = 0;
        for (; i + 7 < taps; i += 8) {
            a += weights[row + i] * samples[from + i];
            b += weights[row + i + 1] * samples[from + i + 1];
            c += weights[row + i + 2] * samples[from + i + 2];
            d += weights[row + i + 3] * samples[from + i + 3];
            a += weights[row + i + 4] * samples[from + i + 4];
            b += weights[row + i + 5] * samples[from + i + 5];
            c += weights[row + i + 6] * samples[from + i + 6];
            d += weights[row + i + 7] * samples[from + i + 7];
        }
        for (; i < taps; i++) {
            a += weights[row + i] * samples[from + i];
        }
        return a + b + (c + d);
    }

    private void fill(int phase, float[] target, int offset) {
        // When downsampling, the filter is stretched to the lower rate and scaled down by the same factor.
        double squeeze = Math.min(1, (double) up / down);
        for (int tap = 0; tap < taps(); tap++) {
            double distance = Math.abs(tap + 1 - reach - (double) phase / up);
            target[offset + tap] = (float) (squeeze * at(distance * squeeze));
        }
    }

    /** The filter at a distance in zero crossings. */
    private static double at(double crossings) {
        double place = crossings * POINTS;
        int point = (int) place;
        if (point >= IMPULSE_RESPONSE.length - 1) {
            return 0;
        }
        double fraction = place - point;
        return IMPULSE_RESPONSE[point] + fraction * (IMPULSE_RESPONSE[point + 1] - IMPULSE_RESPONSE[point]);
    }

    private static float[] impulseResponse() {
        int before = CROSSINGS + 1;
        float[] impulse = new float[2 * before];
        impulse[before] = 1;
        float[] response = new float[impulse.length * POINTS];
        new Resampler(true, POINTS, POINTS)
                .process(POINTS, impulse, 0, impulse.length, true, response, 0, response.length);
        float[] wing = new float[CROSSINGS * POINTS + 1];
        System.arraycopy(response, before * POINTS, wing, 0, wing.length - 1);
        return wing;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
