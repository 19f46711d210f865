package io.undertone.affect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.Sentiment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class LegAffectTest {
    /** Windows of 3 s every second with these valences; negative below -0.3, positive above 0.3. */
    private static LegAffect leg(int windows, IntToDoubleFunction valence) {
        LegAffect leg = new LegAffect();
        for (int i = 0; i < windows; i++) {
            add(leg, i, valence.applyAsDouble(i));
        }
        return leg;
    }

    private static void add(LegAffect leg, int second, double valence) {
        Sentiment sentiment =
                valence < -0.3 ? Sentiment.NEGATIVE : valence > 0.3 ? Sentiment.POSITIVE : Sentiment.NEUTRAL;
        leg.add(1_000L * second, 1_000L * second + 3_000, new Affect(sentiment, valence, 0.5));
    }

    @Test
    void shouldSayNothingOfALegWithoutWindows() {
        assertThat(leg(0, i -> 0).whole()).isEmpty();
        assertThat(leg(0, i -> 0).worst()).isEmpty();
        assertThat(leg(3, i -> 0).quarters()).as("too few windows").isEmpty();
    }

    @Test
    void shouldQuarterShortLegsExactly() {
        LegAffect leg = leg(8, i -> i / 10.0);
        assertThat(leg.quarters()).extracting(LegAffect.Part::windows).containsExactly(2, 2, 2, 2);
        assertThat(leg.quarters().get(0).affect().valence()).isCloseTo(0.05, within(1e-12));
        assertThat(leg.quarters().get(3).affect().valence()).isCloseTo(0.65, within(1e-12));
        assertThat(leg.quarters().get(3).startMs()).isEqualTo(6_000);
        assertThat(leg.quarters().get(3).endMs()).isEqualTo(10_000);
    }

    /** Of any length: no quarter is off by more than a thirty-second of the windows at either end. */
    @Test
    void shouldQuarterLongLegsNearly() {
        for (int windows = 4; windows < 700; windows++) {
            LegAffect leg = leg(windows, i -> 0);
            int all = windows;
            assertThat(leg.quarters())
                    .hasSize(4)
                    .allSatisfy(quarter -> assertThat((double) quarter.windows())
                            .as("of %d windows", all)
                            .isCloseTo(all / 4.0, within(Math.max(1, all / 16.0))));
            assertThat(leg.quarters().stream().mapToInt(LegAffect.Part::windows).sum())
                    .isEqualTo(windows);
        }
    }

    @Test
    void shouldTakeTheSentimentOfMostWindows() {
        LegAffect leg = leg(9, i -> i < 4 ? -0.5 : i < 7 ? 0 : 0.8);
        assertThat(leg.whole().orElseThrow().sentiment()).isEqualTo(Sentiment.NEGATIVE);
        assertThat(leg.windows(Sentiment.NEGATIVE)).isEqualTo(4);
        assertThat(leg.windows(Sentiment.NEUTRAL)).isEqualTo(3);
        assertThat(leg(4, i -> i < 2 ? -0.5 : 0.8).whole().orElseThrow().sentiment())
                .as("two have as many")
                .isEqualTo(Sentiment.NEUTRAL);
    }

    /** Eighteen windows of 3 s every second take 20 s: from 40 on all of them are bad. */
    @Test
    void shouldFindTheWorstTwentySeconds() {
        LegAffect leg = leg(100, i -> i >= 40 && i < 58 ? -0.6 : 0.1);
        LegAffect.Part worst = leg.worst().orElseThrow();
        assertThat(worst.startMs()).isEqualTo(40_000);
        assertThat(worst.endMs()).isEqualTo(60_000);
        assertThat(worst.windows()).isEqualTo(18);
        assertThat(worst.affect().valence()).isCloseTo(-0.6, within(1e-12));
        assertThat(worst.affect().sentiment()).isEqualTo(Sentiment.NEGATIVE);
    }

    @Test
    void shouldNotCallAStretchWorstOfWhichLittleIsLabelled() {
        LegAffect leg = new LegAffect();
        for (int i = 0; i < 10; i++) {
            add(leg, 30 * i, -0.9);
        }
        assertThat(leg.worst()).as("3 s in each 30 s").isEmpty();
    }

    @Test
    void shouldGoOnFromItsBytesToTheLastBit() throws IOException {
        LegAffect straight = new LegAffect();
        LegAffect restored = new LegAffect();
        int largest = 0;
        for (int i = 0; i < 500; i++) {
            double valence = Math.sin(i / 7.0);
            add(straight, i, valence);
            byte[] bytes = bytes(restored);
            largest = Math.max(largest, bytes.length);
            restored = LegAffect.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            add(restored, i, valence);
            assertThat(restored.quarters()).isEqualTo(straight.quarters());
            assertThat(restored.whole()).isEqualTo(straight.whole());
            assertThat(restored.worst()).isEqualTo(straight.worst());
        }
        assertThat(largest).isLessThan(1_000);
    }

    private static byte[] bytes(LegAffect leg) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        leg.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
