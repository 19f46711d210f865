package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpeechGateTest {
    private static final SpeechGateSpec SPEC = FeatureSpecs.TELEPHONE_GATE;

    /** 100 frames: 60 at {@code floorDb}, then 40 at {@code peakDb}. */
    private static float[] step(float floorDb, float peakDb) {
        float[] levels = new float[100];
        Arrays.fill(levels, 0, 60, floorDb);
        Arrays.fill(levels, 60, 100, peakDb);
        return levels;
    }

    private static int judge(SpeechGate gate, float[] levels, boolean[] speech, boolean[] kept) {
        return gate.judge(levels, levels.length, speech, kept);
    }

    @Test
    void shouldTakeTheLoudPartForSpeechAndKeepAMarginBeforeIt() {
        boolean[] speech = new boolean[100];
        boolean[] kept = new boolean[100];
        assertThat(judge(new SpeechGate(SPEC), step(-60, -20), speech, kept)).isEqualTo(40);
        assertThat(speech[59]).isFalse();
        assertThat(speech[60]).isTrue();
        assertThat(kept[54]).isFalse();
        assertThat(kept[55]).isTrue();
        assertThat(kept[99]).isTrue();
    }

    @Test
    void shouldJudgeTheSameAtAnyGain() {
        boolean[] speech = new boolean[100];
        for (float gain : new float[] {-12, 0, 12}) {
            int count = judge(new SpeechGate(SPEC), step(-50 + gain, -20 + gain), speech, new boolean[100]);
            assertThat(count).as("gain %s", gain).isEqualTo(40);
        }
    }

    @Test
    void shouldHearNoSpeechInAnEvenHumOrInSilence() {
        boolean[] speech = new boolean[100];
        assertThat(judge(new SpeechGate(SPEC), step(-30, -26), speech, new boolean[100]))
                .isZero();
        assertThat(judge(new SpeechGate(SPEC), step(-120, -75), speech, new boolean[100]))
                .isZero();
        assertThat(speech).containsOnly(false);
    }

    @Test
    void shouldHearSpeechTenDecibelsAboveTheNoise() {
        assertThat(judge(new SpeechGate(SPEC), step(-30, -20), new boolean[100], new boolean[100]))
                .isEqualTo(40);
    }

    @Test
    void shouldDropRunsOfTwoFrames() {
        float[] levels = step(-60, -20);
        levels[10] = levels[11] = -20;
        boolean[] speech = new boolean[100];
        assertThat(judge(new SpeechGate(SPEC), levels, speech, new boolean[100]))
                .isEqualTo(40);
        assertThat(speech[10]).isFalse();
    }

    @Test
    void shouldNotTakeTheQuietAfterALoudSpeakerForSpeech() {
        SpeechGate gate = new SpeechGate(SPEC);
        judge(gate, step(-60, -10), new boolean[100], new boolean[100]);
        assertThat(judge(gate, step(-70, -50), new boolean[100], new boolean[100]))
                .isZero();
        assertThat(judge(new SpeechGate(SPEC), step(-70, -50), new boolean[100], new boolean[100]))
                .isEqualTo(40);
    }

    @Test
    void shouldForgetTheLegsPeakSlowly() {
        SpeechGate gate = new SpeechGate(SPEC);
        judge(gate, step(-60, -10), new boolean[100], new boolean[100]);
        int windows = 1;
        while (judge(gate, step(-70, -50), new boolean[100], new boolean[100]) == 0) {
            windows++;
        }
        // -10 must fall to -15, a dB a window: 35 dB above -50.
        assertThat(windows).isBetween(5, 7);
    }

    @Test
    void shouldGoOnFromItsState() {
        SpeechGate gate = new SpeechGate(SPEC);
        judge(gate, step(-60, -10), new boolean[100], new boolean[100]);
        ByteBuffer state = ByteBuffer.allocate(SpeechGate.STATE_BYTES);
        gate.writeTo(state);
        SpeechGate restored = new SpeechGate(SPEC);
        restored.readFrom(state.flip());
        assertThat(judge(restored, step(-70, -50), new boolean[100], new boolean[100]))
                .isZero();
    }

    @Test
    void shouldSurviveAWindowWithoutFrames() {
        assertThat(new SpeechGate(SPEC).judge(new float[0], 0, new boolean[0], new boolean[0]))
                .isZero();
    }

    /** Noise of one level, of which every fourth frame was lost. */
    @Test
    void shouldHearNoSpeechInNoiseOfWhichSomeWasLost() {
        float[] levels = new float[100];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = i % 4 == 0 ? LogMelProcessor.SILENCE_DB : -40 + i % 3;
        }
        assertThat(judge(new SpeechGate(SPEC), levels, new boolean[100], new boolean[100]))
                .isEqualTo(75 - 75 % 3);
        assertThat(judge(new SpeechGate(SPEC.leavingOutLost()), levels, new boolean[100], new boolean[100]))
                .isZero();
    }

    @Test
    void shouldTakeShortLossesInAWordForTheWord() {
        float[] levels = step(-60, -20);
        for (int i = 2; i < levels.length; i += 5) {
            levels[i] = levels[i - 1] = LogMelProcessor.SILENCE_DB;
        }
        boolean[] speech = new boolean[100];
        assertThat(judge(new SpeechGate(SPEC.leavingOutLost()), levels, speech, new boolean[100]))
                .isEqualTo(40);
        assertThat(speech[59]).isFalse();
        assertThat(speech[60]).isTrue();
    }

    /** A line that sends nothing between words: what was sent is nearly all speech. */
    @Test
    void shouldHearWordsBetweenWhichNothingWasSent() {
        float[] levels = new float[100];
        Arrays.fill(levels, LogMelProcessor.SILENCE_DB);
        for (int i = 20; i < 50; i++) {
            levels[i] = -20 - i % 10 * 2;
        }
        assertThat(judge(new SpeechGate(SPEC.leavingOutLost()), levels, new boolean[100], new boolean[100]))
                .isGreaterThan(15);
    }

    @Test
    void shouldHearNothingWhereAllWasLost() {
        float[] levels = new float[5];
        Arrays.fill(levels, LogMelProcessor.SILENCE_DB);
        assertThat(judge(new SpeechGate(SPEC.leavingOutLost()), levels, new boolean[5], new boolean[5]))
                .isZero();
    }

    @Test
    void shouldRefuseASpecOutOfRange() {
        assertThatThrownBy(() -> new SpeechGateSpec(-72, 30, 1.5, 6, 35, 1, 3, 5))
                .hasMessageContaining("floorToPeak must be 0 to 1: floorToPeak=1.5");
    }
}
