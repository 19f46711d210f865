package io.undertone.training.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandPassTest {
    private static final int RATE_HZ = 48_000;
    private static final BandPass TELEPHONE = new BandPass(300, 3_400);

    /** What a second of a sine comes out as, once the filter has settled, dB. */
    private static double gainDb(BandPass filter, double hz) {
        float[] sine = new float[2 * RATE_HZ];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * hz * i / RATE_HZ);
        }
        float[] filtered = filter.apply(sine, RATE_HZ);
        double power = 0;
        for (int i = RATE_HZ; i < filtered.length; i++) {
            power += filtered[i] * filtered[i];
        }
        return 10 * Math.log10(power / (RATE_HZ / 2.0));
    }

    @Test
    void shouldPassTheBandAndLose3DbAtItsEdges() {
        assertThat(gainDb(TELEPHONE, 1_000)).isCloseTo(0, within(0.05));
        assertThat(gainDb(TELEPHONE, 300)).isCloseTo(-3.01, within(0.05));
        assertThat(gainDb(TELEPHONE, 3_400)).isCloseTo(-3.01, within(0.05));
    }

    @Test
    void shouldFallBy24DbAnOctave() {
        assertThat(gainDb(TELEPHONE, 75) - gainDb(TELEPHONE, 150)).isCloseTo(-24, within(0.5));
        assertThat(gainDb(TELEPHONE, 13_600) - gainDb(TELEPHONE, 6_800)).isLessThan(-24);
    }

    @Test
    void shouldFilterNothingAboveHalfTheRate() {
        assertThat(gainDb(new BandPass(300, 24_000), 23_000)).isCloseTo(0, within(0.05));
    }

    @Test
    void shouldRefuseABandWithoutWidth() {
        assertThatThrownBy(() -> new BandPass(300, 300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("highHz=300.0");
        assertThatThrownBy(() -> new BandPass(0, 300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lowHz=0.0");
    }
}
