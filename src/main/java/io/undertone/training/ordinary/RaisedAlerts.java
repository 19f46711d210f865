package io.undertone.training.ordinary;

import io.undertone.affect.Affect;
import io.undertone.affect.AffectTable;
import io.undertone.alert.AlertRule;
import io.undertone.alert.AlertRules;
import io.undertone.alert.JudgedWindow;
import io.undertone.alert.LegAlerts;
import io.undertone.alert.Mood;
import io.undertone.training.calls.CallOpinions.Said;
import io.undertone.vote.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The alerts that rules raise in one call, as the stage {@code alerts} would. Immutable. */
final class RaisedAlerts {
    private final AlertRules rules;
    private final List<Raised> alerts;

    /**
     * One alert.
     *
     * @param rule its name
     * @param window index of the window at which the rule fired, from 0
     */
    record Raised(String rule, int window) {}

    private RaisedAlerts(AlertRules rules, List<Raised> alerts) {
        this.rules = rules;
        this.alerts = List.copyOf(alerts);
    }

    /**
     * The alerts of a call.
     *
     * @param said opinions on its windows
     * @param verdicts the verdict on each
     */
    static RaisedAlerts of(AlertRules rules, List<Said> said, List<Verdict> verdicts) {
        LegAlerts leg = new LegAlerts(rules);
        List<Raised> alerts = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            int window = i;
            leg.take(judged(i, said.get(i).endMs(), verdicts.get(i)))
                    .forEach(alert -> alerts.add(new Raised(alert.rule().name(), window)));
        }
        return new RaisedAlerts(rules, alerts);
    }

    private static JudgedWindow judged(int index, long endMs, Verdict verdict) {
        // Rules depend on the order of windows, not on their length.
        Affect affect = AffectTable.DEFAULT.of(verdict.probabilities());
        return new JudgedWindow(
                index,
                endMs,
                endMs,
                endMs,
                verdict.label(),
                verdict.confidence(),
                Mood.of(verdict.probabilities()),
                affect.sentiment(),
                affect.valence());
    }

    /** All of them, in order. */
    List<Raised> list() {
        return alerts;
    }

    /** How often each rule fired, by name. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        rules.list().stream().map(AlertRule::name).forEach(name -> counts.put(name, 0));
        alerts.forEach(alert -> counts.merge(alert.rule(), 1, Integer::sum));
        return counts;
    }
}
