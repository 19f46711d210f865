package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.undertone.bundle.Priors;
import io.undertone.vote.Opinion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadSharesTest {
    private static final List<String> LABELS = List.of("neutral", "angry");
    private static final Priors MOSTLY_NEUTRAL =
            new Priors(Map.of("neutral", 1.0, "angry", 1.0), Map.of("neutral", 9.0, "angry", 1.0));

    private final Opinion opinion = Opinion.of(new float[][] {{0.5f, 0.5f}});

    @Test
    void shouldLeanToWhatIsCommonAsServedAndNotAsLearned() {
        assertThat(ReadShares.SERVED
                        .shift(MOSTLY_NEUTRAL, LABELS)
                        .apply(opinion)
                        .probability(0, 0))
                .isCloseTo(0.9f, offset(1e-6f));
        assertThat(ReadShares.LEARNED.shift(MOSTLY_NEUTRAL, LABELS).apply(opinion))
                .isSameAs(opinion);
    }
}
