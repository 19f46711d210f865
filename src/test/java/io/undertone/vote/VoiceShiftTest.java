package io.undertone.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.VoiceBaseline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceShiftTest {
    private static final List<String> LABELS = List.of("calm", "angry");
    private static final Map<String, Double> EXPECTED = Map.of("calm", 0.9, "angry", 0.1);
    private static final Opinion EVEN = Opinion.of(new float[][] {{0.5f, 0.5f}, {}});

    private static Voice voice(Opinion opinion, int windows) {
        return voice(shift(1, 100), opinion, windows);
    }

    private static Voice voice(VoiceShift shift, Opinion opinion, int windows) {
        Voice voice = Voice.NONE;
        for (int i = 0; i < windows; i++) {
            voice = shift.heard(voice, opinion);
        }
        return voice;
    }

    private static double odds(Opinion opinion) {
        return opinion.probability(0, 1) / (double) opinion.probability(0, 0);
    }

    private static VoiceShift shift(double weight, double most) {
        return VoiceShift.of(new VoiceBaseline(10, weight, most, EXPECTED), LABELS);
    }

    /** The example of the class. */
    @Test
    void shouldCorrectForWhatExceedsWhatIsExpected() {
        Opinion corrected = shift(1, 100).apply(EVEN, voice(EVEN, 10));

        assertThat(1 / odds(corrected)).isCloseTo(3.857, within(0.001));
        assertThat(corrected.answered(1)).as("a voter that failed").isFalse();
    }

    @Test
    void shouldCorrectByAPowerAndWithinALimit() {
        assertThat(1 / odds(shift(0.5, 100).apply(EVEN, voice(EVEN, 10)))).isCloseTo(Math.sqrt(3.857), within(0.001));
        assertThat(1 / odds(shift(1, 1.2).apply(EVEN, voice(EVEN, 1_000)))).isCloseTo(1.44, within(0.001));
    }

    @Test
    void shouldLeaveTheFirstWindowAndBundlesWithoutABaselineAlone() {
        assertThat(shift(1, 100).apply(EVEN, Voice.NONE)).isSameAs(EVEN);
        assertThat(VoiceShift.of(null, LABELS).apply(EVEN, voice(EVEN, 10))).isSameAs(EVEN);
    }

    @Test
    void shouldFollowAVoiceOverFiveMinutes() {
        Opinion angry = Opinion.of(new float[][] {{0, 1}});
        Voice voice = voice(Opinion.of(new float[][] {{1, 0}}), 2_000);
        for (int i = 0; i < 300; i++) {
            voice = shift(1, 100).heard(voice, angry);
        }
        assertThat(voice.windows()).isEqualTo(300);
        assertThat(voice.share(1)).isBetween(0.6f, 0.66f);
    }

    private static VoiceShift ofExpectile(double expectile) {
        return VoiceShift.of(new VoiceBaseline(10, 1, 100, EXPECTED, expectile), LABELS);
    }

    /** log m = (10 log expected + 10 log 0.5) / 20: m is [sqrt(.45), sqrt(.05)], the factors [1.342, 0.447]. */
    @Test
    void shouldCompareLogarithmsWhereTheBaselineSaysSo() {
        VoiceShift half = ofExpectile(0.5);

        Opinion corrected = half.apply(EVEN, voice(half, EVEN, 10));

        assertThat(1 / odds(corrected)).isCloseTo(3, within(0.001));
    }

    /** A minute of anger in five of calm: the mean calls the voice angry, the lower expectile hardly. */
    @Test
    void shouldHardlyTakeAnEmotionalStretchForTheVoice() {
        Opinion calm = Opinion.of(new float[][] {{0.95f, 0.05f}});
        Opinion angry = Opinion.of(new float[][] {{0.05f, 0.95f}});
        VoiceShift low = ofExpectile(0.1);
        VoiceShift middle = ofExpectile(0.5);
        Voice atRest = voice(low, calm, 240);
        Voice onAverage = voice(middle, calm, 240);
        for (int i = 0; i < 60; i++) {
            atRest = low.heard(atRest, angry);
            onAverage = middle.heard(onAverage, angry);
        }

        assertThat(Math.exp(atRest.share(1))).isBetween(0.05, 0.08);
        assertThat(Math.exp(onAverage.share(1)))
                .isCloseTo(Math.exp(0.8 * Math.log(0.05) + 0.2 * Math.log(0.95)), within(0.001));
        assertThat(odds(low.apply(EVEN, atRest))).isGreaterThan(odds(middle.apply(EVEN, onAverage)));
    }

    /** The expectile of a fair coin of two values is where those above, weighed by it, balance those below. */
    @Test
    void shouldFindTheExpectile() {
        VoiceShift low = ofExpectile(0.25);
        Opinion some = Opinion.of(new float[][] {{0.9f, 0.1f}});
        Voice voice = Voice.NONE;
        for (int i = 0; i < 3_000; i++) {
            voice = low.heard(voice, i % 2 == 0 ? EVEN : some);
        }
        double expected = 0.25 * Math.log(0.5) + 0.75 * Math.log(0.1);

        assertThat(voice.share(1)).isCloseTo((float) expected, within(0.01f));
    }

    @Test
    void shouldNotContinueABeliefOfAnotherStatistic() {
        assertThat(shift(1, 100).key(LABELS)).isEqualTo(LABELS.hashCode());
        assertThat(ofExpectile(0.25).key(LABELS)).isNotEqualTo(LABELS.hashCode());
        assertThat(ofExpectile(0.25).key(LABELS)).isNotEqualTo(ofExpectile(0.5).key(LABELS));
    }

    @Test
    void shouldRefuseABaselineThatMakesNoSense() {
        assertThatThrownBy(() -> new VoiceBaseline(10, 1, 2, EXPECTED, 1.0))
                .hasMessageContaining("voiceBaseline.expectile=1.0");
        assertThatThrownBy(() -> new VoiceBaseline(0, 1, 2, EXPECTED)).hasMessageContaining("voiceBaseline.windows=0");
        assertThatThrownBy(() -> new VoiceBaseline(10, 2, 2, EXPECTED)).hasMessageContaining("voiceBaseline.weight=2");
        assertThatThrownBy(() -> new VoiceBaseline(10, 1, 0.5, EXPECTED))
                .hasMessageContaining("voiceBaseline.most=0.5");
        assertThatThrownBy(() -> new VoiceBaseline(10, 1, 2, Map.of("calm", 0.0)))
                .hasMessageContaining("voiceBaseline.expected.calm=0");
    }
}
