package io.undertone.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SmotePropertyTest {
    @Property(tries = 200)
    void shouldGrowEveryClassToTheLargest(
            @ForAll @IntRange(min = 2, max = 30) int small,
            @ForAll @IntRange(min = 2, max = 30) int large,
            @ForAll @IntRange(min = 1, max = 5) int k,
            @ForAll long seed) {
        FeatureTable table = table(seed, small, large, 0);
        FeatureTable grown = new Smote(k, seed).balance(table);
        int most = Math.max(small, large);
        assertThat(grown.counts()).containsExactly(most, most, 0);
        for (int i = 0; i < table.size(); i++) {
            assertThat(grown.row(i)).isSameAs(table.row(i));
        }
    }

    @Property(tries = 200)
    void shouldPlaceEveryNewRowBetweenARowAndOneOfItsNearestOfTheSameClass(
            @ForAll @IntRange(min = 2, max = 12) int small,
            @ForAll @IntRange(min = 1, max = 3) int k,
            @ForAll long seed) {
        FeatureTable table = table(seed, small, 40, 0);
        FeatureTable grown = new Smote(k, seed).balance(table);
        for (int i = table.size(); i < grown.size(); i++) {
            assertThat(grown.label(i)).isZero();
            assertThat(liesBetweenNeighbours(grown.row(i), table, k)).isTrue();
        }
    }

    @Property(tries = 50)
    void shouldStartFromEveryRowEquallyOften(@ForAll long seed) {
        // A class of 4 far-apart pairs grown by 8: each row starts exactly one new point, which stays at its pair.
        float[][] rows = new float[24][];
        int[] labels = new int[24];
        for (int i = 0; i < 8; i++) {
            rows[i] = new float[] {(i / 2) * 1000 + i % 2, 0};
        }
        for (int i = 8; i < 24; i++) {
            rows[i] = new float[] {0, i};
            labels[i] = 1;
        }
        FeatureTable grown = new Smote(1, seed).balance(new FeatureTable(rows, labels, 2));
        int[] atPair = new int[4];
        for (int i = 24; i < grown.size(); i++) {
            atPair[Math.round(grown.row(i)[0] / 1000)]++;
        }
        assertThat(atPair).containsExactly(2, 2, 2, 2);
    }

    @Example
    void shouldGiveTheSameRowsForTheSameSeed() {
        FeatureTable table = table(5, 3, 20, 7);
        FeatureTable one = new Smote(2, 9).balance(table);
        FeatureTable two = new Smote(2, 9).balance(table);
        FeatureTable other = new Smote(2, 10).balance(table);
        assertThat(lastRow(one)).isEqualTo(lastRow(two)).isNotEqualTo(lastRow(other));
    }

    @Example
    void shouldRefuseAClassWithoutNeighbours() {
        assertThatThrownBy(() -> new Smote(1, 0).balance(table(1, 1, 5, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 rows: label=0, rows=1");
    }

    private static float[] lastRow(FeatureTable table) {
        return table.row(table.size() - 1);
    }

    private static boolean liesBetweenNeighbours(float[] point, FeatureTable table, int k) {
        for (int i = 0; i < table.size(); i++) {
            int base = i;
            if (table.label(base) != 0) {
                continue;
            }
            double[] toOthers = java.util.stream.IntStream.range(0, table.size())
                    .filter(j -> j != base && table.label(j) == 0)
                    .mapToDouble(j -> distance(table.row(base), table.row(j)))
                    .sorted()
                    .toArray();
            double reach = toOthers[Math.min(k, toOthers.length) - 1];
            for (int j = 0; j < table.size(); j++) {
                boolean near =
                        j != base && table.label(j) == 0 && distance(table.row(base), table.row(j)) <= reach + 1e-9;
                // On a segment, the ways to both ends add up to its length.
                if (near
                        && distance(table.row(base), point) + distance(point, table.row(j))
                                <= distance(table.row(base), table.row(j)) + 1e-3) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static FeatureTable table(long seed, int... counts) {
        SplittableRandom random = new SplittableRandom(seed);
        int total = Arrays.stream(counts).sum();
        float[][] rows = new float[total][3];
        int[] labels = new int[total];
        int at = 0;
        for (int label = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                for (int j = 0; j < 3; j++) {
                    rows[at][j] = (float) (random.nextDouble() * 100);
                }
                labels[at++] = label;
            }
        }
        return new FeatureTable(rows, labels, counts.length);
    }
}
