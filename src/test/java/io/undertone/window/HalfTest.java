package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** IEEE 754-2008, binary16: value (-1)^s x 2^(e-15) x (1 + f/1024), below the normal range 2^-14 x f/1024. */
class HalfTest {
    private static double defined(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double sign = (bits & 0x8000) == 0 ? 1 : -1;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        double significand = exponent == 0 ? fraction / 1024.0 : 1 + fraction / 1024.0;
        return sign * Math.scalb(significand, Math.max(exponent, 1) - 15);
    }

    @Test
    void shouldGiveTheValueOfEveryHalf() {
        for (int bits = 0; bits < 0x10000; bits++) {
            double expected = defined(bits);
            assertThat(Double.compare(Half.toFloat((short) bits), expected))
                    .as("bits %x", bits)
                    .isZero();
            if (!Double.isNaN(expected)) {
                assertThat(Half.toHalf((float) expected)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void shouldRoundToTheNearestAndTiesToEven() {
        Random random = new Random(1);
        for (int bits = 0; bits < 0x7bff; bits++) {
            double low = defined(bits);
            double high = defined(bits + 1);
            double middle = (low + high) / 2;
            int even = bits % 2 == 0 ? bits : bits + 1;
            assertThat(Half.toHalf((float) middle)).as("tie after %x", bits).isEqualTo((short) even);
            assertThat(Half.toHalf(Math.nextDown((float) middle))).isEqualTo((short) bits);
            assertThat(Half.toHalf(Math.nextUp((float) middle))).isEqualTo((short) (bits + 1));
            float between = (float) (low + (high - low) * random.nextDouble());
            assertThat(Half.toHalf(-between))
                    .isEqualTo((short) (0x8000 | (between < middle ? bits : between > middle ? bits + 1 : even)));
        }
    }

    @Test
    void shouldGoToInfinityBeyondTheLargest() {
        assertThat(Half.round(65_504)).isEqualTo(65_504);
        assertThat(Half.round(65_519.9f)).isEqualTo(65_504);
        assertThat(Half.round(65_520)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Half.round(-Float.MAX_VALUE)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.round(Float.NaN)).isNaN();
        assertThat(Half.round(Float.MIN_VALUE)).isZero();
    }
}
