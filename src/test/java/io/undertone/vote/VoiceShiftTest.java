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
        Voice voice = Voice.NONE;
        for (int i = 0; i < windows; i++) {
            voice = voice.and(opinion, LABELS.size());
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
            voice = voice.and(angry, LABELS.size());
        }
        assertThat(voice.windows()).isEqualTo(300);
        assertThat(voice.share(1)).isBetween(0.6f, 0.66f);
    }

    @Test
    void shouldRefuseABaselineThatMakesNoSense() {
        assertThatThrownBy(() -> new VoiceBaseline(0, 1, 2, EXPECTED)).hasMessageContaining("voiceBaseline.windows=0");
        assertThatThrownBy(() -> new VoiceBaseline(10, 2, 2, EXPECTED)).hasMessageContaining("voiceBaseline.weight=2");
        assertThatThrownBy(() -> new VoiceBaseline(10, 1, 0.5, EXPECTED))
                .hasMessageContaining("voiceBaseline.most=0.5");
        assertThatThrownBy(() -> new VoiceBaseline(10, 1, 2, Map.of("calm", 0.0)))
                .hasMessageContaining("voiceBaseline.expected.calm=0");
    }
}
