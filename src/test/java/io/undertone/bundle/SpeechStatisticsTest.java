package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.NullUnmarked;

/** Bit for bit what plain loops over each column give, however ranks are found. */
@NullUnmarked
class SpeechStatisticsTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MAX_VALUE,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    @Property(tries = 500)
    void shouldGiveWhatPlainLoopsGive(
            @ForAll @IntRange(min = 1, max = 160) int count,
            @ForAll @IntRange(min = 1, max = 41) int width,
            @ForAll @IntRange(min = 0, max = 3) int specials,
            @ForAll boolean onGrid,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] rows = new float[count * width + 7]; // longer than the table
        for (int i = 0; i < rows.length; i++) {
            int column = i % width;
            rows[i] = switch (column % 4) {
                case 0 -> column; // constant
                case 1 -> (random.nextInt(256) - 200) * 0.375f; // on a grid
                case 2 -> random.nextBoolean() ? -0f : random.nextInt(3); // either zero
                default -> onGrid ? random.nextInt(256) * 0x1p-10f : (float) random.nextGaussian();
            };
        }
        for (int i = 0; i < specials; i++) {
            rows[random.nextInt(rows.length)] = SPECIAL[random.nextInt(SPECIAL.length)];
        }
        float[] statistics = new float[SpeechStatistics.size(width) + 2];
        float[] expected = statistics.clone();
        SpeechStatistics.of(rows, count, width, count / 2, statistics, 2);
        plain(rows, count, width, count / 2, expected, 2);
        assertThat(bits(statistics)).isEqualTo(bits(expected));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    private static void plain(float[] rows, int count, int width, int speechRows, float[] target, int offset) {
        for (int c = 0; c < width; c++) {
            float[] column = new float[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                column[i] = rows[i * width + c];
                sum += column[i];
            }
            double mean = sum / count;
            double squaredTimes = 0;
            double squares = 0;
            double slope = 0;
            for (int i = 0; i < count; i++) {
                double time = count == 1 ? 0 : -1 + 2.0 * i / (count - 1);
                squaredTimes += time * time;
                squares += (column[i] - mean) * (column[i] - mean);
                slope += time * (column[i] - mean);
            }
            float[] sorted = sorted(column);
            int at = offset + c;
            target[at] = c == 0 ? 0 : (float) mean;
            target[at + width] = (float) Math.sqrt(squares / count);
            target[at + 2 * width] = (float) (squaredTimes == 0 ? 0 : slope / squaredTimes);
            target[at + 3 * width] = (float) (percentile(sorted, 0.10) - mean);
            target[at + 4 * width] = (float) (percentile(sorted, 0.50) - mean);
            target[at + 5 * width] = (float) (percentile(sorted, 0.90) - mean);
            target[at + 6 * width] = (float) (percentile(sorted, 0.75) - percentile(sorted, 0.25));
            target[at + 7 * width] = meanStep(column, 1);
            target[at + 8 * width] = meanStep(column, 4);
        }
        target[offset + 9 * width] = count;
        target[offset + 9 * width + 1] = speechRows;
        target[offset + 9 * width + 2] = (float) speechRows / count;
    }

    /** {@link Arrays#sort(float[])}, but for NaN of either sign, which lies beyond the infinity of that sign. */
    private static float[] sorted(float[] column) {
        int[] ordered = new int[column.length];
        Arrays.setAll(ordered, i -> ordered(Float.floatToRawIntBits(column[i])));
        Arrays.sort(ordered);
        float[] sorted = new float[column.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Float.intBitsToFloat(ordered(ordered[i]));
        }
        return sorted;
    }

    private static int ordered(int bits) {
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }

    private static double percentile(float[] sorted, double share) {
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        float lower = sorted[below];
        return lower + (rank - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - lower);
    }

    private static float meanStep(float[] column, int step) {
        double sum = 0;
        for (int i = step; i < column.length; i++) {
            sum += Math.abs(column[i] - column[i - step]);
        }
        return column.length <= step ? 0 : (float) (sum / (column.length - step));
    }
}
