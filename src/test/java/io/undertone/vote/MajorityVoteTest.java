package io.undertone.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.inference.Probabilities;
import io.undertone.vote.Verdict.Vote;
import java.util.List;
import org.junit.jupiter.api.Test;

class MajorityVoteTest {
    private static final List<String> LABELS = List.of("calm", "sad", "angry");

    @Test
    void shouldTakeTheMajority() {
        Verdict verdict = decide(
                1,
                new float[] {.5f, .3f, .2f},
                new float[] {.6f, .3f, .1f},
                new float[] {.4f, .3f, .3f},
                new float[] {0, .9f, .1f},
                new float[] {0, 1, 0},
                new float[] {.1f, .1f, .8f});

        assertThat(verdict.label()).isEqualTo("calm");
        assertThat(verdict.agreement()).isEqualTo(0.5);
        assertThat(verdict.confidence()).isCloseTo(1.6 / 6, within(1e-6));
        assertThat(verdict.probabilities().get("sad")).isCloseTo(2.9 / 6, within(1e-6));
        assertThat(verdict.votes()).hasSize(6);
        assertThat(verdict.votes().get(3)).isEqualTo(new Vote("v3", "sad", 0.9f));
    }

    @Test
    void shouldBreakTiesByTheMeanProbabilityThenByOrder() {
        assertThat(decide(1, new float[] {.5f, .4f, .1f}, new float[] {.1f, .6f, .3f})
                        .label())
                .isEqualTo("sad");
        assertThat(decide(1, new float[] {.5f, .25f, .25f}, new float[] {.25f, .5f, .25f})
                        .label())
                .isEqualTo("calm");
        assertThat(decide(1, new float[] {.25f, .25f, .5f}, new float[] {.25f, .5f, .25f})
                        .label())
                .isEqualTo("sad");
        assertThat(decide(1, new float[] {.4f, .4f, .2f}).votes().get(0).label())
                .isEqualTo("calm");
    }

    @Test
    void shouldCalibrateByTemperature() {
        Verdict verdict = decide(2, new float[] {.9f, .1f, 0});

        assertThat(verdict.confidence()).isCloseTo(0.75, within(1e-5));
        assertThat(Temperature.apply(new double[] {0.9, 0.1}, 1))
                .containsExactly(new double[] {0.9, 0.1}, within(1e-12));
        assertThatThrownBy(() -> Temperature.apply(new double[] {1}, 0)).hasMessageContaining("temperature=0");
    }

    @Test
    void shouldLeaveOutVotersThatFailed() {
        Probabilities probabilities =
                probabilities(new float[] {1, 0, 0}, new float[] {0, 1, 0}, new float[] {0, 1, 0});
        probabilities.setMissing(0, 1);
        probabilities.setMissing(0, 2);

        Verdict verdict = new MajorityVote(List.of("a", "b", "c"), LABELS, 1).decide(probabilities, 0);

        assertThat(verdict.label()).isEqualTo("calm");
        assertThat(verdict.agreement()).isEqualTo(1);
        assertThat(verdict.votes()).containsExactly(new Vote("a", "calm", 1));
        probabilities.setMissing(0, 0);
        assertThatThrownBy(() -> new MajorityVote(List.of("a", "b", "c"), LABELS, 1).decide(probabilities, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Verdict decide(double temperature, float[]... rows) {
        List<String> voters = java.util.stream.IntStream.range(0, rows.length)
                .mapToObj(i -> "v" + i)
                .toList();
        return new MajorityVote(voters, LABELS, temperature).decide(probabilities(rows), 0);
    }

    private static Probabilities probabilities(float[]... rows) {
        Probabilities probabilities = new Probabilities(rows.length, rows[0].length);
        probabilities.reset(1);
        for (int voter = 0; voter < rows.length; voter++) {
            for (int label = 0; label < rows[voter].length; label++) {
                probabilities.set(0, voter, label, rows[voter][label]);
            }
        }
        return probabilities;
    }
}
