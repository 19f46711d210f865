package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {
    private final OrderStatistics statistics = new OrderStatistics();

    private static float[] values(int count, Supplier<Float> next) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = next.get();
        }
        return values;
    }

    private void shouldAgreeWithSorting(float[] values) {
        float[] before = values.clone();
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        statistics.of(values, values.length);
        for (int rank = 0; rank < sorted.length; rank++) {
            assertThat(statistics.get(rank)).as("rank %d", rank).isEqualTo(sorted[rank]);
        }
        for (int rank = sorted.length - 1; rank >= 0; rank--) {
            assertThat(statistics.get(rank)).as("rank %d again", rank).isEqualTo(sorted[rank]);
        }
        assertThat(values).isEqualTo(before);
    }

    @Test
    void shouldFindEachRankAsSortingDoes() {
        Random random = new Random(1);
        for (int count = 1; count <= 300; count += 23) {
            shouldAgreeWithSorting(values(count, () -> -60 + 12 * (float) random.nextGaussian()));
        }
    }

    @Test
    void shouldFindRanksAmongNumbersThatRepeat() {
        Random random = new Random(2);
        shouldAgreeWithSorting(values(150, () -> random.nextInt(5) / 5f));
    }

    @Test
    void shouldFindRanksAmongNumbersThatCrowdBesideAnOutlier() {
        Random random = new Random(3);
        float[] values = values(150, random::nextFloat);
        values[70] = 1e30f;
        values[71] = -1e30f;
        shouldAgreeWithSorting(values);
    }

    @Test
    void shouldFindRanksWhereAllAreEqualOrNearlySo() {
        shouldAgreeWithSorting(new float[] {-100, -100, -100});
        shouldAgreeWithSorting(new float[] {Float.MIN_VALUE, 0, 2 * Float.MIN_VALUE, Float.MIN_VALUE});
        shouldAgreeWithSorting(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, 0, 1});
    }

    @Test
    void shouldReadFewerNumbersThanThereAre() {
        statistics.of(new float[] {3, 1, 2, -9}, 3);
        assertThat(statistics.get(0)).isEqualTo(1);
        assertThat(statistics.get(2)).isEqualTo(3);
    }
}
