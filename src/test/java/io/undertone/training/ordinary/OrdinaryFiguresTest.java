package io.undertone.training.ordinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls by three voters of one mind, over the labels neutral, calm, angry and sad. */
class OrdinaryFiguresTest {
    private static final List<String> LABELS = List.of("neutral", "calm", "angry", "sad");
    private static final int HALF_AN_HOUR_MS = 1_800_000;

    private static final float[] NEUTRAL = {0.7f, 0.1f, 0.1f, 0.1f};
    private static final float[] CALM = {0.3f, 0.5f, 0.1f, 0.1f};
    private static final float[] SURELY_ANGRY = {0.1f, 0.1f, 0.7f, 0.1f};
    private static final float[] PERHAPS_ANGRY = {0.3f, 0.1f, 0.5f, 0.1f};
    private static final float[] SURELY_SAD = {0.1f, 0.1f, 0.2f, 0.6f};

    @Test
    void shouldSayHowOftenWhatIsSaidOfPeopleWhoMerelyTalk() {
        List<JudgedCall> calls = List.of(
                call("read", "ann", Persistence.NONE, NEUTRAL, CALM, SURELY_ANGRY, PERHAPS_ANGRY),
                call("read", "bob", Persistence.NONE, SURELY_SAD, NEUTRAL, NEUTRAL, NEUTRAL),
                call("talk", "cyd", Persistence.NONE, PERHAPS_ANGRY));

        Map<String, OrdinaryFigures> kinds = OrdinaryFigures.byKind(calls);

        assertThat(kinds).containsOnlyKeys("read", "talk");
        OrdinaryFigures read = kinds.get("read");
        assertThat(read.windows()).isEqualTo(8);
        assertThat(read.calls()).isEqualTo(2);
        assertThat(read.recordings()).isEqualTo(4);
        assertThat(read.hours()).isEqualTo(1);
        assertThat(read.silentWindows()).isEqualTo(6);
        assertThat(read.notSpeechWindows()).isEqualTo(2);
        OrdinaryFigures.Way way = read.served();
        assertThat(way.neutralOrCalm().value()).isEqualTo(5 / 8.0);
        assertThat(way.angry().value()).isEqualTo(1 / 8.0);
        assertThat(way.negative().value()).isEqualTo(2 / 8.0);
        assertThat(way.confidence().value()).isCloseTo((0.7 + 0.5 + 0.7 + 0.5 + 0.6 + 3 * 0.7) / 8, within(1e-6));
        assertThat(way.labels()).containsEntry("neutral", 0.5).containsEntry("sad", 1 / 8.0);
        assertThat(way.angry().standardError()).isPositive();
        assertThat(way.alertsAnHour().value()).isZero();
        assertThat(kinds.get("talk").served().neutralOrCalm().standardError()).isNaN();
    }

    @Test
    void shouldCountTheAlertsOfTheDefaultRules() {
        List<JudgedCall> calls = List.of(
                call("read", "ann", Persistence.NONE, many(10, new float[] {0.05f, 0.05f, 0.85f, 0.05f})),
                call("read", "bob", Persistence.NONE, many(10, NEUTRAL)));

        OrdinaryFigures.Way way = OrdinaryFigures.of(calls).served();

        assertThat(way.alerts()).containsEntry("angry", 1).containsEntry("souring", 0);
        assertThat(way.alertsAnHour().value()).isEqualTo(1);
        assertThat(way.angerAlertsAnHour().value()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatIsNoAngerApart() {
        float[][] souring = new float[20][];
        for (int i = 0; i < souring.length; i++) {
            souring[i] = i < 10 ? CALM : SURELY_SAD;
        }
        OrdinaryFigures.Way way = OrdinaryFigures.of(List.of(call("read", "ann", Persistence.NONE, souring)))
                .served();
        assertThat(way.alerts()).containsEntry("angry", 0).containsEntry("souring", 1);
        assertThat(way.alertsAnHour().value()).isEqualTo(2);
        assertThat(way.angerAlertsAnHour().value()).isZero();
    }

    @Test
    void shouldJudgeInTheLightOfWhatWasBeforeAndByItself() {
        // Ten windows that lean to anger: each alone is not sure, together they are.
        JudgedCall call = call("read", "ann", new Persistence(5, 1, 1), many(10, PERHAPS_ANGRY));

        OrdinaryFigures figures = OrdinaryFigures.of(List.of(call));

        assertThat(figures.alone().angry().value()).isZero();
        assertThat(figures.served().angry().value()).isGreaterThan(0.7);
        assertThat(figures.served().alerts()).containsEntry("angry", 1);
        assertThat(figures.alone().alerts()).containsEntry("angry", 0);
    }

    @Test
    void shouldFindTheThresholdOfOneFalseAlarmAnHour() {
        float[][] windows = {anger(0.1f), anger(0.9f), anger(0.3f), anger(0.8f)};
        JudgedCall half = call("read", "ann", Persistence.NONE, windows);

        // Half an hour allows none, one and a half hours one: of nine, .9 three times, .8 three times.
        assertThat(OrdinaryFigures.thresholdOfOneFalseAlarmAnHour(List.of(half)))
                .isCloseTo(0.9, within(1e-6));
        assertThat(OrdinaryFigures.thresholdOfOneFalseAlarmAnHour(
                        List.of(half, call("read", "bob", Persistence.NONE, NEUTRAL))))
                .isCloseTo(0.8, within(1e-6));
        assertThat(OrdinaryFigures.thresholdOfOneFalseAlarmAnHour(List.of())).isZero();
    }

    private static float[] anger(float probability) {
        return new float[] {1 - probability, 0, probability, 0};
    }

    private static float[][] many(int count, float[] window) {
        float[][] windows = new float[count][];
        java.util.Arrays.fill(windows, window);
        return windows;
    }

    /** Half an hour, for round figures. */
    private static JudgedCall call(String kind, String speaker, Persistence persistence, float[]... windows) {
        List<CallOpinions.Said> said = new ArrayList<>();
        for (float[] window : windows) {
            said.add(new CallOpinions.Said(
                    3_000 + 1_000L * said.size(), -1, Opinion.of(new float[][] {window, window, window})));
        }
        HeardCall call = new HeardCall(kind, speaker, 2, HALF_AN_HOUR_MS, 3, 1, new CallOpinions(said));
        return JudgedCall.of(call, LABELS, persistence, 1);
    }
}
