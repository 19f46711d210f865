package io.undertone.training.ordinary;

import io.undertone.alert.AlertRule;
import io.undertone.training.ordinary.JudgedCall.Judged;
import io.undertone.training.score.Figure;
import io.undertone.vote.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A bundle's results on one kind of ordinary speech.
 *
 * @param recordings how many
 * @param calls that they were joined into, one per speaker
 * @param hours of these calls, pauses included
 * @param windows that got a label
 * @param silentWindows windows with too little speech
 * @param notSpeechWindows windows taken for music, tones or noise
 * @param served judged as in serving
 * @param alone each window judged independently
 */
public record OrdinaryFigures(
        int recordings,
        int calls,
        double hours,
        int windows,
        int silentWindows,
        int notSpeechWindows,
        Way served,
        Way alone) {
    /** Verdicts with at least this confidence count as confident. */
    public static final double SURE = 0.6;

    private static final double MS_PER_HOUR = 3_600_000;
    private static final Set<String> ORDINARY = Set.of("neutral", "calm");
    private static final Set<String> NEGATIVE = Set.of("angry", "fearful", "disgust", "sad");
    private static final String ANGRY = "angry";

    /**
     * One way of judging. Errors are over speakers.
     *
     * @param neutralOrCalm share of the windows
     * @param angry share of the windows that are angry with a confidence of at least {@link #SURE}
     * @param negative share that are angry, fearful, disgust or sad with such a confidence
     * @param confidence its mean
     * @param labels share of each label
     * @param alertsAnHour alerts per hour, of all rules
     * @param angerAlertsAnHour alerts per hour of the rules on anger, all of which are false alarms
     * @param alerts total number for each rule
     */
    public record Way(
            Figure neutralOrCalm,
            Figure angry,
            Figure negative,
            Figure confidence,
            Map<String, Double> labels,
            Figure alertsAnHour,
            Figure angerAlertsAnHour,
            Map<String, Integer> alerts) {}

    /** The figures of each kind, by its name. */
    public static Map<String, OrdinaryFigures> byKind(List<JudgedCall> calls) {
        Map<String, OrdinaryFigures> figures = new TreeMap<>();
        calls.stream()
                .collect(Collectors.groupingBy(call -> call.call().kind()))
                .forEach((kind, some) -> figures.put(kind, of(some)));
        return figures;
    }

    /** The figures of calls of one kind. */
    static OrdinaryFigures of(List<JudgedCall> calls) {
        return new OrdinaryFigures(
                calls.stream().mapToInt(call -> call.call().recordings()).sum(),
                calls.size(),
                hours(calls),
                calls.stream().mapToInt(call -> call.served().windows().size()).sum(),
                calls.stream().mapToInt(call -> call.call().silentWindows()).sum(),
                calls.stream().mapToInt(call -> call.call().notSpeechWindows()).sum(),
                way(calls, JudgedCall::served),
                way(calls, JudgedCall::alone));
    }

    /**
     * The probability of anger that ordinary windows, each judged independently, exceed at most once per hour: with 2.5 hours of calls, the
     * third highest of all. Anything above it counts as detected anger.
     */
    public static double thresholdOfOneFalseAlarmAnHour(List<JudgedCall> calls) {
        double[] anger = calls.stream()
                .flatMap(call -> call.alone().windows().stream())
                .mapToDouble(window -> window.probabilities().getOrDefault(ANGRY, 0.0))
                .sorted()
                .toArray();
        int alarms = (int) hours(calls);
        return alarms < anger.length ? anger[anger.length - 1 - alarms] : 0;
    }

    /** The total length of calls, including pauses. */
    public static double hours(List<JudgedCall> calls) {
        return calls.stream().mapToLong(call -> call.call().durationMs()).sum() / MS_PER_HOUR;
    }

    /** Whether a window has one of these labels with high confidence. */
    static boolean isSurely(Set<String> labels, Verdict window) {
        return labels.contains(window.label()) && window.confidence() >= SURE;
    }

    /** Whether a window has a negative label with high confidence. */
    static boolean isSurelyNegative(Verdict window) {
        return isSurely(NEGATIVE, window);
    }

    private static Way way(List<JudgedCall> calls, Function<JudgedCall, Judged> as) {
        Map<String, Double> labels = new TreeMap<>();
        Map<String, Integer> alerts = new TreeMap<>();
        double all =
                calls.stream().mapToInt(call -> as.apply(call).windows().size()).sum();
        for (JudgedCall call : calls) {
            as.apply(call).windows().forEach(window -> labels.merge(window.label(), 1 / all, Double::sum));
            as.apply(call).alerts().forEach((rule, count) -> alerts.merge(rule, count, Integer::sum));
        }
        return new Way(
                share(calls, as, window -> ORDINARY.contains(window.label())),
                share(calls, as, window -> isSurely(Set.of(ANGRY), window)),
                share(calls, as, OrdinaryFigures::isSurelyNegative),
                mean(calls, as, Verdict::confidence),
                labels,
                anHour(calls, as, rule -> true),
                anHour(calls, as, angerRules(calls)::contains),
                alerts);
    }

    private static Set<String> angerRules(List<JudgedCall> calls) {
        return calls.stream()
                .flatMap(call -> call.rules().about(ANGRY).stream())
                .map(AlertRule::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Figure share(List<JudgedCall> calls, Function<JudgedCall, Judged> as, Predicate<Verdict> which) {
        return mean(calls, as, window -> which.test(window) ? 1 : 0);
    }

    private static Figure mean(List<JudgedCall> calls, Function<JudgedCall, Judged> as, ToDoubleFunction<Verdict> of) {
        return over(
                calls,
                some -> some.stream()
                        .flatMap(call -> as.apply(call).windows().stream())
                        .mapToDouble(of)
                        .average()
                        .orElse(Double.NaN));
    }

    private static Figure anHour(List<JudgedCall> calls, Function<JudgedCall, Judged> as, Predicate<String> rules) {
        return over(
                calls,
                some -> some.stream()
                                .flatMap(call -> as.apply(call).alerts().entrySet().stream())
                                .filter(alert -> rules.test(alert.getKey()))
                                .mapToInt(Map.Entry::getValue)
                                .sum()
                        / hours(some));
    }

    private static Figure over(List<JudgedCall> calls, ToDoubleFunction<List<JudgedCall>> figure) {
        return Figure.of(calls, call -> call.call().source(), figure);
    }
}
