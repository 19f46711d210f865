package io.undertone.training.ordinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.alert.AlertRules;
import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.corpus.Clip;
import io.undertone.vote.Opinion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Calls by three voters of one mind, over the labels neutral and angry, a window each ten seconds. */
class AngerInCallsTest {
    private static final List<String> LABELS = List.of("neutral", "angry");
    private static final int NEUTRAL = 0;
    private static final int ANGRY = 1;
    private static final int HOUR_MS = 3_600_000;

    @Test
    void shouldAllowOrdinarySpeechAsManyAlarmsAsItHasHours() {
        // .9 stands alone; .8 and .7 in a row are an alarm, .6 twice another, .5 a third.
        List<JudgedCall> ordinary =
                List.of(ordinary(1, 0.1, 0.9, 0.1, 0.8, 0.7), ordinary(1, 0.6, 0.6, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5));

        AngerInCalls anger = figures(ordinary, angry(0.1, 0.65, 0.65), angry(0.1, 0.2, 0.9), angry(0.7, 0.75, 0.7));

        assertThat(anger.hours()).isEqualTo(2);
        assertThat(anger.falseAlarms()).isEqualTo(2);
        assertThat(anger.threshold()).isCloseTo(0.6, within(1e-6));
        assertThat(anger.stretches()).isEqualTo(3);
        assertThat(anger.found()).isEqualTo(2);
        assertThat(anger.recall().value()).isCloseTo(2 / 3.0, within(1e-9));
    }

    @Test
    void shouldAllowLessThanAnHourNoAlarm() {
        AngerInCalls anger = figures(List.of(ordinary(0.5, 0.1, 0.75, 0.75)), angry(0.75, 0.75), angry(0.8, 0.8));

        assertThat(anger.falseAlarms()).isZero();
        assertThat(anger.found()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatGoesOnAlarmingOnceForEachHalfMinute() {
        double[] shouting = new double[9];
        Arrays.fill(shouting, 0.8);

        // From 10 to 80 s: one alarm stands until 40 s, the next from 50 s on.
        assertThat(figures(List.of(ordinary(1, shouting)), angry(0.7, 0.7)).falseAlarms())
                .isZero();
        assertThat(figures(List.of(ordinary(2, shouting)), angry(0.7, 0.7)).falseAlarms())
                .isEqualTo(2);
    }

    @Test
    void shouldNotCountAlarmsOutsideTheStretch() {
        List<Said> call = List.of(
                said(0, 0.9, NEUTRAL),
                said(1, 0.9, NEUTRAL),
                said(2, 0.1, NEUTRAL),
                said(3, 0.3, ANGRY),
                said(4, 0.3, ANGRY));
        List<JudgedCall> ordinary = List.of(ordinary(0.5, 0.5, 0.5));

        assertThat(figures(ordinary, new StagedOpinions.Call(script("ann"), new CallOpinions(call)))
                        .found())
                .isZero();
    }

    @Test
    void shouldSayWhatEachRuleForAlertsFinds() {
        List<Said> call = List.of(
                said(0, 0.9, NEUTRAL),
                said(1, 0.1, NEUTRAL),
                said(2, 0.9, ANGRY),
                said(3, 0.3, ANGRY),
                said(4, 0.9, NEUTRAL),
                said(5, 0.9, NEUTRAL),
                said(6, 0.1, NEUTRAL),
                said(7, 0.9, NEUTRAL));

        assertThat(figures(List.of(), new StagedOpinions.Call(script("ann"), new CallOpinions(call)))
                        .rules())
                .containsExactly(
                        Map.entry("once", new AngerInCalls.ByRule(1, 2)),
                        Map.entry("twice", new AngerInCalls.ByRule(1, 0)));
    }

    private static AngerInCalls figures(List<JudgedCall> ordinary, StagedOpinions.Call... calls) {
        return AngerInCalls.of(
                ordinary,
                new StagedOpinions(List.of(calls)),
                LABELS,
                Persistence.NONE,
                1,
                AlertRules.parse(
                        "once: angry at >= 0.8 for 1 of 1 windows; twice: angry at >= 0.8 for 2 of 2 windows"));
    }

    private static JudgedCall ordinary(double hours, double... anger) {
        HeardCall call = new HeardCall("read", "eve", 1, (long) (hours * HOUR_MS), 0, 0, opinions(-1, anger));
        return JudgedCall.of(call, LABELS, Persistence.NONE, 1);
    }

    private static StagedOpinions.Call angry(double... anger) {
        return new StagedOpinions.Call(script("ann"), opinions(ANGRY, anger));
    }

    private static StagedCall script(String speaker) {
        Clip clip = new Clip("made-up", Path.of("1.wav"), speaker, "angry");
        return new StagedCall("mixed/" + speaker, StagedCall.MIXED, List.of(clip));
    }

    private static CallOpinions opinions(int label, double... anger) {
        List<Said> said = new ArrayList<>();
        for (double probability : anger) {
            said.add(said(said.size(), probability, label));
        }
        return new CallOpinions(said);
    }

    private static Said said(int number, double anger, int label) {
        float[] window = {(float) (1 - anger), (float) anger};
        return new Said(
                10_000L * number,
                label,
                Opinion.of(Stream.of(window, window, window).toArray(float[][]::new)));
    }
}
