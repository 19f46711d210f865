package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.undertone.CallSummary;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.Quarter;
import io.undertone.Role;
import io.undertone.Sentiment;
import io.undertone.ingest.LegId;
import org.junit.jupiter.api.Test;

class CallTallyTest {
    private static final LegId LEG = new LegId("call-1", Role.CUSTOMER);
    private static final Model MODEL = new Model("telephone", "1.0.0");

    @Test
    void shouldNameSharesAndTheFiveStrongestMomentsButNoNeutralOnes() {
        CallTally tally = new CallTally();
        tally.add(RecordJsonTest.event(0, "neutral", 0.99));
        for (int i = 1; i <= 6; i++) {
            tally.add(RecordJsonTest.event(i, i % 2 == 0 ? "angry" : "happy", 0.5 + i / 100.0));
        }
        tally.add(RecordJsonTest.event(8, "angry", 0.53));
        tally.addFailed(9);
        tally.addRefused();
        CallSummary summary = tally.summary(LEG, RecordJsonTest.end(), MODEL, 1);
        assertThat(summary.getWindows()).isEqualTo(8);
        assertThat(summary.getFailedWindows()).isEqualTo(2);
        assertThat(summary.getShares())
                .containsOnly(entry("neutral", 1 / 8.0), entry("angry", 4 / 8.0), entry("happy", 3 / 8.0));
        assertThat(summary.getStrongest()).extracting(Moment::getIndex).containsExactly(6, 5, 4, 3, 8);
        assertThat(tally.nextIndex()).isEqualTo(10);
    }

    @Test
    void shouldGoOnFromItsBytes() {
        CallTally tally = new CallTally();
        tally.add(RecordJsonTest.event(0, "angry", 0.75));
        tally.add(RecordJsonTest.event(3, "happy", 0.5));
        tally.addFailed(4);
        CallTally again = CallTally.fromBytes(tally.toBytes());
        assertThat(again.toBytes()).isEqualTo(tally.toBytes()).hasSizeLessThan(150);
        assertThat(again.nextIndex()).isEqualTo(5);
        assertThat(again.summary(LEG, RecordJsonTest.end(), MODEL, 1))
                .isEqualTo(tally.summary(LEG, RecordJsonTest.end(), MODEL, 1));
    }

    @Test
    void shouldSayHowTheLegSounded() {
        CallTally tally = new CallTally();
        String[] labels = {"happy", "happy", "neutral", "neutral", "angry", "angry", "angry", "angry"};
        for (int i = 0; i < labels.length; i++) {
            tally.add(RecordJsonTest.event(i, labels[i], 1));
        }
        CallSummary summary = tally.summary(LEG, RecordJsonTest.end(), MODEL, 1);
        assertThat(summary.getSentiment()).isEqualTo(Sentiment.NEGATIVE);
        assertThat(summary.getValence()).isCloseTo((2 * 0.81 - 4 * 0.51) / 8, within(1e-9));
        assertThat(summary.getSentiments())
                .containsOnly(entry("NEGATIVE", 0.5), entry("NEUTRAL", 0.25), entry("POSITIVE", 0.25));
        assertThat(summary.getQuarters())
                .extracting(Quarter::getSentiment)
                .containsExactly(Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE, Sentiment.NEGATIVE);
        assertThat(summary.getTrend()).isCloseTo(-0.51 - 0.81, within(1e-9));
        assertThat(summary.getWorst().getWindows()).isEqualTo(8);
        assertThat(summary.getWorst().getEndMs()).isEqualTo(10_000);
    }

    /** Its windows count, and what they sounded like is not known. */
    @Test
    void shouldReadATallyOfBeforeThereWasSentiment() {
        CallTally before = CallTally.fromBytes(
                new byte[] {1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 's', 'a', 'd', 0, 0, 0, 5, 0, 0, 0, 0});
        CallSummary summary = before.summary(LEG, RecordJsonTest.end(), MODEL, 1);
        assertThat(summary.getWindows()).isEqualTo(5);
        assertThat(summary.getSentiment()).isNull();
        assertThat(summary.getQuarters()).isEmpty();
        assertThat(summary.getTrend()).isNull();
        assertThat(summary.getWorst()).isNull();
    }

    @Test
    void shouldRefuseBytesThatAreNoTally() {
        assertThatThrownBy(() -> CallTally.fromBytes(new byte[] {9})).hasMessageContaining("version");
        assertThatThrownBy(() -> CallTally.fromBytes(new byte[] {1, 0})).hasMessageContaining("whole");
        assertThatThrownBy(() -> CallTally.fromBytes(new byte[] {6, 0})).hasMessageContaining("whole");
        assertThatThrownBy(() -> CallTally.fromBytes(new byte[0])).hasMessageContaining("version");
    }
}
