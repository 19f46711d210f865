package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class ColumnSortTest {
    private static final float[] SPECIAL = {0f, -0f, 1f, -1f, Float.MAX_VALUE, -Float.MIN_VALUE, Float.NEGATIVE_INFINITY
    };

    @Property(tries = 200)
    void shouldSortEachColumn(
            @ForAll @IntRange(min = 0, max = 200) int count,
            @ForAll @IntRange(min = 1, max = 50) int width,
            @ForAll long seed) {
        Random random = new Random(seed);
        ColumnSort sort = new ColumnSort();
        // The second time with what the first left behind.
        for (int rows : new int[] {count, count / 2}) {
            float[] values = new float[rows * width];
            for (int i = 0; i < values.length; i++) {
                boolean special = random.nextInt(5) == 0;
                values[i] = special ? SPECIAL[random.nextInt(SPECIAL.length)] : (float) random.nextGaussian();
            }
            sort.sort(values, rows, width);
            for (int c = 0; c < width; c++) {
                float[] expected = new float[rows];
                float[] sorted = new float[rows];
                for (int i = 0; i < rows; i++) {
                    expected[i] = values[i * width + c];
                    sorted[i] = sort.get(i, c);
                }
                Arrays.sort(expected);
                assertThat(sorted).containsExactly(expected);
            }
        }
    }
}
