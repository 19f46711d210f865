package io.undertone.training.ordinary;

import io.undertone.alert.AlertRule;
import io.undertone.alert.AlertRules;
import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.training.calls.MixedCalls;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.corpus.Clip;
import io.undertone.training.score.Figure;
import io.undertone.vote.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much anger is found in calls at the threshold at which ordinary speech raises at most one false alarm per hour, judged as in serving:
 * each speaker has a call that is neutral except for one angry stretch of six utterances, which counts as found if an alarm ({@link
 * AngerAlarms}) is raised in one of its windows.
 *
 * @param threshold the lowest probability of anger, in two windows in a row, with no more false alarms than hours of ordinary speech
 * @param hours of ordinary speech, pauses included
 * @param falseAlarms raised in it at the threshold
 * @param stretches number of angry stretches
 * @param found stretches in which an alarm is raised
 * @param recall share of stretches found, with its standard error over speakers
 * @param rules results of the alert rules in these calls, by name
 */
public record AngerInCalls(
        double threshold,
        double hours,
        int falseAlarms,
        int stretches,
        int found,
        Figure recall,
        Map<String, ByRule> rules) {
    /** Windows of 3 s start every second: this many start in a stretch's last speech and end after it. */
    private static final int WINDOWS_BEHIND = 2;

    /**
     * The result of an alert rule.
     *
     * @param found stretches with an alert in one of their windows or in the two windows after, which still hold some of their speech
     * @param elsewhere alerts raised in the neutral rest
     */
    public record ByRule(int found, int elsewhere) {}

    private record Stretch(String speaker, AngerAlarms alarms, List<Integer> angry, RaisedAlerts alerts) {
        boolean isFound(double threshold) {
            return alarms.isRaised(threshold, angry.stream().mapToInt(window -> window));
        }

        boolean holds(RaisedAlerts.Raised alert) {
            return !angry.isEmpty()
                    && alert.window() >= angry.get(0)
                    && alert.window() <= angry.get(angry.size() - 1) + WINDOWS_BEHIND;
        }

        boolean isFoundBy(String rule) {
            return alerts.list().stream().anyMatch(alert -> alert.rule().equals(rule) && holds(alert));
        }

        int elsewhere(String rule) {
            return (int) alerts.list().stream()
                    .filter(alert -> alert.rule().equals(rule) && !holds(alert))
                    .count();
        }
    }

    /** The calls to play: one for each speaker with angry and neutral clips. */
    public static List<StagedCall> calls(List<Clip> clips, long seed) {
        return MixedCalls.withStretchOf(AngerAlarms.ANGRY, clips, seed);
    }

    /**
     * The figures.
     *
     * @param ordinary calls of ordinary speech
     * @param calls opinions on {@link #calls}
     * @param persistence of the bundle
     * @param temperature of windows judged independently
     * @param rules for alerts
     */
    public static AngerInCalls of(
            List<JudgedCall> ordinary,
            StagedOpinions calls,
            List<String> labels,
            Persistence persistence,
            double temperature,
            AlertRules rules) {
        List<Stretch> stretches = calls.calls().stream()
                .map(call -> stretch(call, call.opinions().verdicts(labels, persistence, temperature), labels, rules))
                .toList();
        List<AngerAlarms> alarms = ordinary.stream()
                .map(call -> AngerAlarms.of(
                        call.call().opinions().windows(), call.served().windows()))
                .toList();
        double hours = OrdinaryFigures.hours(ordinary);
        double threshold = threshold(alarms, hours);
        return new AngerInCalls(
                threshold,
                hours,
                count(alarms, threshold),
                stretches.size(),
                found(stretches, threshold),
                Figure.of(stretches, Stretch::speaker, some -> (double) found(some, threshold) / some.size()),
                byRule(stretches, rules));
    }

    private static Map<String, ByRule> byRule(List<Stretch> stretches, AlertRules rules) {
        Map<String, ByRule> byRule = new LinkedHashMap<>();
        for (AlertRule rule : rules.list()) {
            byRule.put(
                    rule.name(),
                    new ByRule(
                            (int) stretches.stream()
                                    .filter(stretch -> stretch.isFoundBy(rule.name()))
                                    .count(),
                            stretches.stream()
                                    .mapToInt(stretch -> stretch.elsewhere(rule.name()))
                                    .sum()));
        }
        return byRule;
    }

    private static Stretch stretch(
            StagedOpinions.Call call, List<Verdict> verdicts, List<String> labels, AlertRules rules) {
        List<Said> said = call.opinions().windows();
        int angry = labels.indexOf(AngerAlarms.ANGRY);
        return new Stretch(
                call.script().clips().get(0).speakerKey(),
                AngerAlarms.of(said, verdicts),
                IntStream.range(0, said.size())
                        .filter(i -> said.get(i).label() == angry)
                        .boxed()
                        .toList(),
                RaisedAlerts.of(rules, said, verdicts));
    }

    /** Lowers the threshold from the highest score of ordinary speech as long as there are no more alarms than hours. */
    private static double threshold(List<AngerAlarms> ordinary, double hours) {
        List<Double> scores = ordinary.stream()
                .flatMap(call -> call.scores().stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        double lowest = scores.isEmpty() ? 0 : Math.nextUp(scores.get(0));
        for (double score : scores) {
            if (count(ordinary, score) > hours) {
                return lowest;
            }
            lowest = score;
        }
        return lowest;
    }

    private static int count(List<AngerAlarms> calls, double threshold) {
        return calls.stream().mapToInt(call -> call.count(threshold)).sum();
    }

    private static int found(List<Stretch> stretches, double threshold) {
        return (int)
                stretches.stream().filter(stretch -> stretch.isFound(threshold)).count();
    }
}
