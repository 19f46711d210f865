package io.undertone.training.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.vote.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoteDifferenceTest {
    private static Verdict verdict(double sad) {
        return new Verdict(
                sad > 0.5 ? "sad" : "angry",
                Math.max(sad, 1 - sad),
                1,
                Map.of("sad", sad, "angry", 1 - sad),
                List.of());
    }

    @Test
    void shouldTellWhat99Of100ProbabilitiesStayWithin() {
        VoteDifference difference = new VoteDifference();
        for (int window = 1; window <= 2_000; window++) {
            double by = window / 100_000.0;
            difference.add(verdict(0.495), verdict(0.495 + (window % 2 == 0 ? by : -by)));
        }

        VoteDifference.Figures figures = difference.figures();

        assertThat(figures.windows()).isEqualTo(2_000);
        assertThat(figures.mean()).isCloseTo(0.010005, within(1e-9));
        assertThat(figures.ofHundred()).isCloseTo(0.0198, within(1e-9));
        assertThat(figures.max()).isCloseTo(0.02, within(1e-9));
        assertThat(figures.close()).isCloseTo(0.5, within(0.001));
        // Every second window goes up, those from 0.00502 on over the half.
        assertThat(figures.sameLabel()).isCloseTo(1 - 750 / 2_000.0, within(0.001));
    }

    @Test
    void shouldKnowNothingOfNoWindows() {
        assertThat(new VoteDifference().figures().max()).isNaN();
    }
}
