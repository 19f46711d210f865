package io.undertone.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelShiftTest {
    private static final List<String> LABELS = List.of("neutral", "angry");
    private static final Priors MOSTLY_NEUTRAL =
            new Priors(Map.of("neutral", 1.0, "angry", 1.0), Map.of("neutral", 9.0, "angry", 1.0));

    @Test
    void shouldWeighProbabilitiesByTheRatioOfShares() {
        Opinion corrected =
                LabelShift.of(MOSTLY_NEUTRAL, LABELS).apply(Opinion.of(new float[][] {{0.3f, 0.7f}, {0.5f, 0.5f}}));
        assertThat(corrected.probability(0, 0)).isCloseTo(2.7f / 3.4f, offset(1e-6f));
        assertThat(corrected.probability(1, 0)).isCloseTo(0.9f, offset(1e-6f));
    }

    @Test
    void shouldLeaveAVoterThatFailedWithoutAnything() {
        Opinion corrected = LabelShift.of(MOSTLY_NEUTRAL, LABELS).apply(Opinion.of(new float[][] {{}, {0.5f, 0.5f}}));
        assertThat(corrected.answered(0)).isFalse();
        assertThat(corrected.answered(1)).isTrue();
    }

    @Test
    void shouldChangeNothingWithoutPriors() {
        Opinion opinion = Opinion.of(new float[][] {{0.3f, 0.7f}});
        assertThat(LabelShift.of(Priors.NONE, LABELS).apply(opinion)).isSameAs(opinion);
    }

    @Test
    void shouldRefusePriorsOfOtherLabels() {
        assertThatThrownBy(() -> LabelShift.of(MOSTLY_NEUTRAL, List.of("neutral", "sad")))
                .hasMessageContaining("label=sad");
        assertThatThrownBy(() -> new Priors(Map.of("neutral", 1.0), Map.of("angry", 1.0)))
                .hasMessageContaining("same labels");
        assertThatThrownBy(() -> new Priors(Map.of("neutral", 0.0), Map.of("neutral", 1.0)))
                .hasMessageContaining("priors.learned.neutral=0.0");
    }

    /** Without evidence, what is believed of a leg returns to the shares that are to be expected, not to all labels alike. */
    @Test
    void shouldReturnToTheExpectedSharesAfterALongSilence() {
        LegVote vote = new LegVote(
                new MajorityVote(List.of("a"), LABELS, 1),
                new Persistence(5, 1, 1),
                LabelShift.of(MOSTLY_NEUTRAL, LABELS));
        Opinion angry = Opinion.of(new float[][] {{0.01f, 0.99f}});
        Opinion neither = Opinion.of(new float[][] {{0.5f, 0.5f}});
        Belief belief = vote.judge(angry, Belief.NONE, 3_000).belief();
        assertThat(vote.judge(neither, belief, 4_000).verdict().label()).isEqualTo("angry");
        Verdict later = vote.judge(neither, belief, 3_600_000).verdict();
        assertThat(later.label()).isEqualTo("neutral");
        assertThat(later.confidence()).isCloseTo(0.9, offset(1e-3));
    }
}
