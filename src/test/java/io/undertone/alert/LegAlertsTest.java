package io.undertone.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.Sentiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegAlertsTest {
    private static final AlertRules ANGRY = AlertRules.parse("angry: angry at >= 0.6 for 3 of 5 windows");
    private static final AlertRules MOOD = AlertRules.parse("souring: mood fell by 0.5 over the call");

    @Test
    void shouldAlertOnceWithTheWindowsThatCausedIt() {
        List<Alert> alerts = take(new LegAlerts(ANGRY), "a.a.a.aaaa");
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).windows()).extracting(JudgedWindow::index).containsExactly(0, 2, 4);
        assertThat(alerts.get(0).measured()).isEqualTo(3);
        assertThat(alerts.get(0).last().endMs()).isEqualTo(7_000);
    }

    @Test
    void shouldNotAlertWhileTooFewWindowsFit() {
        assertThat(take(new LegAlerts(ANGRY), "aa...aa...a.a..")).isEmpty();
        assertThat(take(new LegAlerts(ANGRY), "wwwwwwwwww"))
                .as("angry, but at 0.5")
                .isEmpty();
    }

    @Test
    void shouldAlertAgainOnlyAfterTheEpisodeHasEnded() {
        // The rule last holds at index 4 (three of 0-4); then five windows in a row without it end the episode: 5 to 9.
        assertThat(take(new LegAlerts(ANGRY), "aaa...." + "aaa")).hasSize(1);
        assertThat(take(new LegAlerts(ANGRY), "aaa....." + "aaa")).hasSize(2);
    }

    @Test
    void shouldAlertWhenTheMoodFallsOverTheCall() {
        LegAlerts leg = new LegAlerts(MOOD);
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            alerts.addAll(leg.take(window(i, "neutral", 0.9, i < 20 ? 0.2 : -0.4)));
        }
        // From 0.2; the mean of the newest ten is -0.34 once nine of them are at -0.4.
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).last().index()).isEqualTo(28);
        assertThat(alerts.get(0).measured()).isCloseTo(0.54, within(1e-9));
        assertThat(alerts.get(0).windows()).hasSize(10);
    }

    @Test
    void shouldAlertOnSentimentWhicheverLabelItIs() {
        LegAlerts leg = new LegAlerts(AlertRules.parse("unhappy: sentiment negative for 3 of 5 windows"));
        List<Alert> alerts = new ArrayList<>();
        String[] labels = {"angry", "calm", "sad", "neutral", "fearful", "calm"};
        for (int i = 0; i < labels.length; i++) {
            alerts.addAll(leg.take(window(i, labels[i], 0.4, 0)));
        }
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).windows()).extracting(JudgedWindow::index).containsExactly(0, 2, 4);
    }

    /** Windows here have a valence of the opposite sign of their mood. */
    @Test
    void shouldAlertWhenTheValenceFallsOverTheCallWhateverTheMoodDoes() {
        LegAlerts leg = new LegAlerts(AlertRules.parse(
                "souring: mood fell by 0.5 over the call; falling: valence fell by 0.5 over the call"));
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            alerts.addAll(leg.take(window(i, "neutral", 0.9, i < 20 ? -0.2 : 0.4)));
        }
        assertThat(alerts).extracting(alert -> alert.rule().name()).containsExactly("falling");
        assertThat(alerts.get(0).last().index()).isEqualTo(28);
        assertThat(alerts.get(0).measured()).isCloseTo(0.54, within(1e-9));
    }

    @Test
    void shouldNotJudgeTheMoodOfAShortCall() {
        LegAlerts leg = new LegAlerts(MOOD);
        for (int i = 0; i < 19; i++) {
            assertThat(leg.take(window(i, "neutral", 0.9, i < 10 ? 1 : -1))).isEmpty();
        }
    }

    @Test
    void shouldPassOverWindowsThatItHasSeenAndBeginAnewWithANewLeg() {
        LegAlerts leg = new LegAlerts(ANGRY);
        take(leg, "aa");
        assertThat(leg.hasSeen(window(1, "angry", 0.9, 0))).isTrue();
        assertThat(leg.take(window(1, "angry", 0.9, 0))).isEmpty();
        JudgedWindow next = new JudgedWindow(0, 0, 3_000, 900_000, "angry", 0.9, 0, Sentiment.NEGATIVE, -0.5);
        assertThat(leg.hasSeen(next)).isFalse();
        assertThat(leg.take(next)).as("one angry window of another leg").isEmpty();
    }

    @Test
    void shouldGoOnFromItsBytes() {
        AlertRules both = AlertRules.parse("angry: angry for 3 of 5 windows; souring: mood fell by 0.5 over the call;"
                + " unhappy: sentiment negative for 2 of 4 windows; falling: valence fell by 0.5 over the call");
        LegAlerts straight = new LegAlerts(both);
        byte[] bytes = straight.toBytes();
        for (int i = 0; i < 60; i++) {
            JudgedWindow window = window(i, i % 13 < 4 ? "angry" : "calm", 0.8, Math.sin(i / 9.0));
            LegAlerts restored = LegAlerts.fromBytes(both, bytes);
            assertThat(restored.take(window)).as("window %d", i).isEqualTo(straight.take(window));
            bytes = restored.toBytes();
        }
        assertThat(bytes).hasSizeLessThan(1_024);
        assertThat(LegAlerts.fromBytes(ANGRY, bytes).hasSeen(window(3, "angry", 1, 0)))
                .as("written under other rules")
                .isFalse();
    }

    @Test
    void shouldWeighMoodByProbability() {
        assertThat(Mood.of(Map.of("happy", 0.5, "angry", 0.25, "neutral", 0.25)))
                .isCloseTo(0.25, within(1e-12));
        assertThat(Mood.of(Map.of("calm", 1.0))).isEqualTo(0.5);
    }

    /** A letter a window: a angry at 0.9, w angry at 0.5, a dot calm. */
    private static List<Alert> take(LegAlerts leg, String letters) {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            boolean calm = letters.charAt(i) == '.';
            double confidence = letters.charAt(i) == 'w' ? 0.5 : 0.9;
            alerts.addAll(leg.take(window(i, calm ? "calm" : "angry", confidence, 0)));
        }
        return alerts;
    }

    private static Sentiment sentiment(String label) {
        return label.equals("calm") || label.equals("neutral") ? Sentiment.NEUTRAL : Sentiment.NEGATIVE;
    }

    private static JudgedWindow window(int index, String label, double confidence, double mood) {
        long endMs = 3_000 + 1_000L * index;
        return new JudgedWindow(index, endMs - 3_000, endMs, endMs, label, confidence, mood, sentiment(label), -mood);
    }
}
