package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.publish.CallTally;
import io.undertone.vote.Belief;
import io.undertone.vote.Opinion;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LegStandingTest {
    private final LegStanding standing = new LegStanding(tally(), belief(), 1_790_000_009_000L, 1_790_000_010_000L);

    private static CallTally tally() {
        CallTally tally = new CallTally();
        tally.addFailed(6);
        return tally;
    }

    private static Belief belief() {
        float[][] opinion = new float[TestModel.VOTERS.size()][TestModel.LABELS.size()];
        for (float[] row : opinion) {
            Arrays.fill(row, 0.1f);
            row[2] = 0.6f;
        }
        return new TestModel()
                .vote()
                .judge(Opinion.of(opinion), Belief.NONE, 9_000)
                .belief();
    }

    @Test
    void shouldReadWhatItWrote() {
        LegStanding again = LegStanding.fromBytes(standing.toBytes());

        assertThat(again.belief()).isEqualTo(standing.belief());
        assertThat(again.tally().toBytes()).isEqualTo(standing.tally().toBytes());
        assertThat(again.tally().nextIndex()).isEqualTo(7);
        assertThat(again.capturedAtMs()).isEqualTo(1_790_000_009_000L);
        assertThat(again.seenAtMs()).isEqualTo(1_790_000_010_000L);
    }

    @Test
    void shouldReadWhatStoodThereBeforeTimesWereKept() {
        byte[] now = standing.toBytes();
        byte[] before = new byte[now.length - 2 * Long.BYTES];
        before[0] = 4;
        System.arraycopy(now, 1 + 2 * Long.BYTES, before, 1, before.length - 1);

        LegStanding old = LegStanding.fromBytes(before);

        assertThat(old.belief()).isEqualTo(standing.belief());
        assertThat(old.tally().nextIndex()).isEqualTo(7);
        assertThat(old.capturedAtMs()).isEqualTo(LegStanding.UNKNOWN);
        assertThat(old.seenAtMs()).isEqualTo(LegStanding.UNKNOWN);
    }

    @Test
    void shouldReadTheTallyThatStoodThereBeforeBeliefsWereKept() {
        LegStanding old = LegStanding.fromBytes(tally().toBytes());

        assertThat(old.belief()).isEqualTo(Belief.NONE);
        assertThat(old.tally().nextIndex()).isEqualTo(7);
    }

    @Test
    void shouldRefuseAnythingElse() {
        byte[] whole = standing.toBytes();

        assertThatThrownBy(() -> LegStanding.fromBytes(new byte[] {9, 0, 0})).hasMessageContaining("version");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LegStanding.fromBytes(part)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
