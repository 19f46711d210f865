package io.undertone.training.ordinary;

import io.undertone.alert.AlertRules;
import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.Verdict;
import java.util.List;
import java.util.Map;

/**
 * A call and the vote's verdicts on it. Immutable.
 *
 * @param call that was played
 * @param rules for alerts
 * @param served as in serving: each window judged with the earlier ones, if the bundle has a persistence
 * @param alone each window judged independently
 */
public record JudgedCall(HeardCall call, AlertRules rules, Judged served, Judged alone) {
    /** The default alert rules. */
    public static final AlertRules DEFAULT_RULES = AlertRules.parse(AlertRules.DEFAULT);

    /**
     * One way of judging.
     *
     * @param windows a verdict for each window that got a label, in order
     * @param alerts how often each rule fired, by name
     */
    public record Judged(List<Verdict> windows, Map<String, Integer> alerts) {
        public Judged {
            windows = List.copyOf(windows);
            alerts = Map.copyOf(alerts);
        }

        private static Judged of(AlertRules rules, List<CallOpinions.Said> said, List<Verdict> windows) {
            return new Judged(windows, RaisedAlerts.of(rules, said, windows).counts());
        }
    }

    /**
     * Judges a call.
     *
     * @param temperature of windows judged independently
     */
    public static JudgedCall of(
            HeardCall call, List<String> labels, Persistence persistence, double temperature, AlertRules rules) {
        List<CallOpinions.Said> said = call.opinions().windows();
        return new JudgedCall(
                call,
                rules,
                Judged.of(rules, said, call.opinions().verdicts(labels, persistence, temperature)),
                Judged.of(rules, said, call.opinions().verdicts(labels, Persistence.NONE, temperature)));
    }

    /** Judges a call, with the default rules for alerts. */
    public static JudgedCall of(HeardCall call, List<String> labels, Persistence persistence, double temperature) {
        return of(call, labels, persistence, temperature, DEFAULT_RULES);
    }
}
