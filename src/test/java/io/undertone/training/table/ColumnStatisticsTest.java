package io.undertone.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColumnStatisticsTest {
    /** Columns of mean 3 and spread 2, and of 7 throughout. */
    private static final FeatureTable TABLE = new FeatureTable(new float[][] {{1, 7}, {5, 7}}, new int[] {0, 1}, 2);

    @Test
    void shouldMeasureThePopulation() {
        ColumnStatistics statistics = ColumnStatistics.of(TABLE);

        assertThat(statistics.means()).containsExactly(3, 7);
        assertThat(statistics.scales()).as("1 for what never changes").containsExactly(0.5f, 1);
    }

    @Test
    void shouldStandardiseOtherRowsByTheSame() {
        FeatureTable other = new FeatureTable(new float[][] {{4, 9}}, new int[] {1}, 2);

        FeatureTable standardised = ColumnStatistics.of(TABLE).standardise(other);

        assertThat(standardised.row(0)).containsExactly(new float[] {0.5f, 2}, within(1e-6f));
        assertThat(standardised.label(0)).isEqualTo(1);
        assertThat(other.row(0)).as("left as it was").containsExactly(4, 9);
    }
}
