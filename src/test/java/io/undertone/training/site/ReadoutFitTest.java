package io.undertone.training.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.vote.Temperature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadoutFitTest {
    private static final Map<String, Double> EVEN = Map.of("calm", 0.5, "angry", 0.5);
    private static final Readout PLAIN = new Readout(1, Persistence.NONE, Priors.NONE);
    private static final Readout SHARED = new Readout(1, Persistence.NONE, new Priors(EVEN, EVEN));

    /** A call all of whose windows have the same opinion: {@code angry}, and the rest calm. */
    private record Call(double angry, List<String> truths) implements SiteCall {
        @Override
        public String name() {
            return "call";
        }

        @Override
        public List<SiteWindow> judged(Readout readout) {
            return windows(readout, readout.inCall());
        }

        @Override
        public List<SiteWindow> judgedAlone(Readout readout) {
            return windows(readout, readout.temperature());
        }

        private List<SiteWindow> windows(Readout readout, double temperature) {
            double[] weights = {(1 - angry) * ratio(readout, "calm"), angry * ratio(readout, "angry")};
            double[] probabilities = Temperature.apply(weights, temperature);
            return truths.stream()
                    .map(truth ->
                            new SiteWindow(truth, "angry", Map.of("calm", probabilities[0], "angry", probabilities[1])))
                    .toList();
        }

        private static double ratio(Readout readout, String label) {
            Priors priors = readout.priors();
            return priors.absent() ? 1 : LabelShares.of(priors.read(), label) / LabelShares.of(priors.learned(), label);
        }
    }

    private static List<SiteCall> calls(int calls, double angry, List<String> truths) {
        return Collections.nCopies(calls, new Call(angry, truths));
    }

    private static List<String> truths(int calm, int angry) {
        List<String> truths = new ArrayList<>(Collections.nCopies(calm, "calm"));
        truths.addAll(Collections.nCopies(angry, "angry"));
        return truths;
    }

    private static double angry(Readout readout) {
        return LabelShares.of(readout.priors().read(), "angry");
    }

    @Test
    void shouldKeepTheReadoutThatHeldOutCallsConfirm() {
        assertThat(ReadoutFit.labelled(calls(4, 0.5, truths(10, 10)), SHARED)).isSameAs(SHARED);
    }

    @Test
    void shouldKeepTheReadoutWhereNoCallCanBeHeldOut() {
        assertThat(ReadoutFit.labelled(calls(1, 0.9, truths(15, 5)), SHARED)).isSameAs(SHARED);
    }

    /** 0.9 is right three times in four: ln(0.9 / 0.1) = 2 ln(0.75 / 0.25). */
    @Test
    void shouldFitTheTemperatureOfWindowsJudgedAlone() {
        Readout fitted = ReadoutFit.labelled(calls(3, 0.9, truths(1, 3)), PLAIN);
        assertThat(fitted.temperature()).isCloseTo(2, within(1e-5));
        assertThat(fitted.persistence()).isEqualTo(Persistence.NONE);
        assertThat(fitted.priors()).isEqualTo(Priors.NONE);
    }

    @Test
    void shouldFitTheTemperatureWithinCalls() {
        Readout before = new Readout(1, new Persistence(6, 0.5, 1, null), Priors.NONE);
        Readout fitted = ReadoutFit.labelled(calls(3, 0.9, truths(1, 3)), before);
        assertThat(fitted.inCall()).isCloseTo(2, within(2e-3));
        assertThat(fitted.temperature()).isCloseTo(2, within(1e-5));
    }

    /** Eighty windows, 72 of them calm, and twenty with the shares before: 82 of 100. */
    @Test
    void shouldMoveSharesToTheCountedOnes() {
        Readout fitted = ReadoutFit.labelled(calls(4, 0.5, truths(18, 2)), SHARED);
        assertThat(angry(fitted)).isCloseTo(0.18, within(1e-12));
        assertThat(fitted.priors().learned()).isEqualTo(EVEN);
    }

    /** Every window is surely angry: twenty of them, and twenty with the shares before. */
    @Test
    void shouldEstimateSharesWithoutLabels() {
        List<SiteCall> calls = calls(2, 1, Collections.nCopies(10, SiteWindow.UNKNOWN));
        assertThat(angry(ReadoutFit.unlabelled(calls, SHARED, 1))).isCloseTo(0.75, within(1e-6));
        assertThat(angry(ReadoutFit.unlabelled(calls, SHARED, 0))).isCloseTo(0.5, within(1e-12));
        double half = Math.sqrt(0.75) / (Math.sqrt(0.75) + Math.sqrt(0.25));
        assertThat(angry(ReadoutFit.unlabelled(calls, SHARED, 0.5))).isCloseTo(half, within(1e-6));
    }
}
