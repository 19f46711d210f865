package io.undertone.training.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSplitTest {
    private final RandomSplit split = new RandomSplit(1000, 3);

    @Test
    void shouldShareOutRowsAsTheOriginalDid() {
        assertThat(split.networkTraining()).hasSize(720);
        assertThat(split.networkValidation()).hasSize(180);
        assertThat(split.networkTest()).hasSize(100);
        assertThat(split.xgboostTraining()).hasSize(800);
        assertThat(split.xgboostTest()).hasSize(200);
    }

    @Test
    void shouldUseEveryRowOnce() {
        IntStream all = IntStream.concat(
                IntStream.of(split.networkTraining()),
                IntStream.concat(IntStream.of(split.networkValidation()), IntStream.of(split.networkTest())));
        assertThat(all.sorted().toArray()).isEqualTo(IntStream.range(0, 1000).toArray());
    }

    @Test
    void shouldTestTheVoteOnRowsThatNoVoterSaw() {
        assertThat(split.xgboostTraining()).doesNotContain(split.networkTest());
        assertThat(split.networkTraining()).doesNotContain(split.networkTest());
    }
}
