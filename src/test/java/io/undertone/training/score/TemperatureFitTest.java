package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureFitTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.06, 0.8, 1, 1.7, 19})
    void shouldFindTheMinimum(double lowest) {
        double fitted = TemperatureFit.fit(temperature -> Math.pow(Math.log(temperature / lowest), 2));
        assertThat(fitted).isEqualTo(lowest, within(1e-6 * lowest));
    }

    @Test
    void shouldEndAtABoundWhereTheLossOnlyFalls() {
        assertThat(TemperatureFit.fit(temperature -> -temperature)).isEqualTo(20, within(1e-5));
        assertThat(TemperatureFit.fit(temperature -> temperature)).isEqualTo(0.05, within(1e-7));
    }

    @Test
    void shouldComputeTheLossOnceAStep() {
        AtomicInteger computed = new AtomicInteger();
        double fitted = TemperatureFit.fit(
                temperature -> {
                    computed.incrementAndGet();
                    return Math.pow(Math.log(temperature), 2);
                },
                10);
        assertThat(computed).hasValue(12); // both ends of the first step, then one a step
        assertThat(fitted).isEqualTo(1, within(0.05)); // 6 * 0.618^10
    }

    @Test
    void shouldBeOneWithoutAnyClip() {
        assertThat(TemperatureFit.fit(List.of())).isEqualTo(1);
    }

    @Test
    void shouldLimitTheSurpriseAtWhatCanNotBe() {
        assertThat(TemperatureFit.surprise(1)).isZero();
        assertThat(TemperatureFit.surprise(0)).isEqualTo(-Math.log(1e-12));
    }
}
