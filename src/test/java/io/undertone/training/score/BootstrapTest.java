package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    /** Of the mean of 50 numbers: their spread over the root of 50. 200 draws know it to about a twentieth. */
    @Test
    void shouldComeNearTheErrorOfAMean() {
        double[] values = new double[50];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        double spread = Math.sqrt((50 * 50 - 1) / 12.0);

        double error = Bootstrap.standardError(
                values.length,
                draw -> Arrays.stream(draw)
                        .mapToDouble(i -> values[i])
                        .average()
                        .orElseThrow());

        assertThat(error).isCloseTo(spread / Math.sqrt(50), within(0.3));
    }

    @Test
    void shouldBeZeroForAFigureThatNeverChanges() {
        assertThat(Bootstrap.standardError(5, draw -> 0.25)).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldGiveTheSameEachTime() {
        double first = Bootstrap.standardError(7, draw -> draw[0]);
        assertThat(first).isPositive();
        assertThat(Bootstrap.standardError(7, draw -> draw[0])).isEqualTo(first);
    }

    @Test
    void shouldHaveNoErrorOfOneSpeaker() {
        assertThat(Bootstrap.standardError(1, draw -> 1)).isNaN();
    }

    @Test
    void shouldLeaveOutDrawsWithoutFigure() {
        assertThat(Bootstrap.standardError(4, draw -> draw[0] == 0 ? Double.NaN : 1))
                .isCloseTo(0, within(1e-9));
        assertThat(Bootstrap.standardError(4, draw -> Double.NaN)).isNaN();
    }
}
