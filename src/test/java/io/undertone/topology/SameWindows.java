package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.window.Window;
import java.util.List;

/** Windows alike to the last bit of each coefficient, which their text does not show. */
final class SameWindows {
    private SameWindows() {}

    static void assertSame(List<Window> actual, List<Window> expected) {
        assertThat(actual).asString().isEqualTo(expected.toString());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).levelDb()).isEqualTo(expected.get(i).levelDb());
            assertThat(actual.get(i).speechRatio()).isEqualTo(expected.get(i).speechRatio());
            assertThat(values(actual.get(i)))
                    .as("coefficients of window " + expected.get(i).index())
                    .isEqualTo(values(expected.get(i)));
        }
    }

    private static float[] values(Window window) {
        float[] values = new float[window.length()];
        for (int at = 0; at < values.length; at++) {
            values[at] = window.get(at);
        }
        return values;
    }
}
