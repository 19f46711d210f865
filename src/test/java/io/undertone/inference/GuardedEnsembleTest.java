package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.GuardedEnsemble.OnFailure;
import io.undertone.window.Window;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class GuardedEnsembleTest {
    private static final FeatureSpec SPEC = FeatureSpecs.reference();
    private static final Window GOOD = window(1);
    private static final Window BAD = window(2);
    private static final Predicate<Window> ON_BAD_WINDOWS = window -> window.index() == 2;
    private static final Predicate<Window> ALWAYS = window -> true;

    private final Probabilities probabilities = new Probabilities(2, 2);

    @Test
    void shouldLeaveAWholeEnsembleAlone() {
        for (OnFailure onFailure : OnFailure.values()) {
            guard(window -> false, false, onFailure).predict(List.of(GOOD, BAD), probabilities);
            assertThat(probabilities.failures()).isEmpty();
        }
    }

    @Test
    void shouldStopWhereAVoterIsBroken() {
        GuardedEnsemble guarded = guard(ALWAYS, false, OnFailure.STOP);
        assertThatThrownBy(() -> guarded.predict(List.of(GOOD), probabilities))
                .isInstanceOf(VoterBrokenException.class)
                .hasMessageContaining("trees")
                .hasMessageContaining("inference.voter.failure=continue");
    }

    @Test
    void shouldBlameTheWindowWhereTheVoterAnswersAboutOthers() {
        GuardedEnsemble guarded = guard(ON_BAD_WINDOWS, false, OnFailure.STOP);
        assertThatThrownBy(() -> guarded.predict(List.of(GOOD, BAD), probabilities))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("voters must answer: trees");
        guarded.predict(List.of(GOOD), probabilities);
        assertThat(probabilities.answered(0, 1)).isTrue();
    }

    @Test
    void shouldGoOnWithTheOthersWhereAskedTo() {
        for (boolean throwing : new boolean[] {true, false}) {
            guard(ALWAYS, throwing, OnFailure.CONTINUE).predict(List.of(GOOD, BAD), probabilities);
            assertThat(probabilities.answered(0, 0)).isTrue();
            assertThat(probabilities.answered(0, 1)).isFalse();
            assertThat(probabilities.answered(1, 1)).isFalse();
        }
        guard(ON_BAD_WINDOWS, false, OnFailure.CONTINUE).predict(List.of(GOOD, BAD), probabilities);
        assertThat(probabilities.answered(0, 1)).isTrue();
        assertThat(probabilities.answered(1, 1)).isFalse();
    }

    @Test
    void shouldNotLetABadWindowTakeAVoterFromItsNeighbours() {
        GuardedEnsemble guarded = guard(ON_BAD_WINDOWS, true, OnFailure.CONTINUE);
        assertThatThrownBy(() -> guarded.predict(List.of(GOOD, BAD), probabilities))
                .as("to be tried one by one")
                .isInstanceOf(IllegalStateException.class);
        guarded.predict(List.of(GOOD), probabilities);
        assertThat(probabilities.answered(0, 1)).isTrue();
        guarded.predict(List.of(BAD), probabilities);
        assertThat(probabilities.answered(0, 1)).isFalse();
    }

    private static Window window(int index) {
        return new Window(index, 0, 3000, 0, 1, -20, 1, new float[SPEC.coefficients()]);
    }

    /** Two voters, of whom the second fails. */
    private static GuardedEnsemble guard(Predicate<Window> fails, boolean throwing, OnFailure onFailure) {
        return new GuardedEnsemble(
                new Ensemble() {
                    @Override
                    public List<String> voters() {
                        return List.of("networks", "trees");
                    }

                    @Override
                    public List<String> labels() {
                        return List.of("calm", "angry");
                    }

                    @Override
                    public void predict(List<Window> windows, Probabilities probabilities) {
                        probabilities.reset(windows.size());
                        boolean thrown = throwing && windows.stream().anyMatch(fails);
                        int missing = 0;
                        for (int i = 0; i < windows.size(); i++) {
                            if (thrown || fails.test(windows.get(i))) {
                                probabilities.setMissing(i, 1);
                                missing++;
                            }
                        }
                        if (missing > 0) {
                            probabilities.report(new VoterFailure(
                                    "trees", missing, "failed", thrown ? new EngineException("out of order") : null));
                        }
                    }

                    @Override
                    public void close() {}
                },
                SPEC,
                onFailure);
    }
}
