package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private final Reliability reliability = new Reliability();

    @Test
    void shouldMeasureTheGapBetweenConfidenceAndTruth() {
        // Four at 0.9 of which two are right, four at 0.5 of which two are right: gaps 0.4 and 0.
        for (int i = 0; i < 4; i++) {
            reliability.add(0.9, i < 2);
            reliability.add(0.5, i < 2);
        }
        assertThat(reliability.expectedCalibrationError()).isCloseTo(0.2, within(1e-12));
        assertThat(reliability.bins()).hasSize(2);
        assertThat(reliability.bins().get(1).accuracy()).isEqualTo(0.5);
        assertThat(reliability.bins().get(1).confidence()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void shouldTakeTheEndsOfTheScale() {
        reliability.add(0, false);
        reliability.add(1, true);
        assertThat(reliability.expectedCalibrationError()).isZero();
    }

    @Test
    void shouldHaveNoErrorToTellWithoutVerdicts() {
        assertThat(reliability.expectedCalibrationError()).isNaN();
    }
}
