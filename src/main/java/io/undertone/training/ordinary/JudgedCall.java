package io.undertone.training.ordinary;

import io.undertone.affect.Affect;
import io.undertone.affect.AffectTable;
import io.undertone.alert.AlertRules;
import io.undertone.alert.JudgedWindow;
import io.undertone.alert.LegAlerts;
import io.undertone.alert.Mood;
import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call and what the vote makes of it. Immutable.
 *
 * @param call what was played
 * @param served as a bundle judges live: each window using those before, where the bundle says how long emotions last
 * @param alone each window judged by itself
 */
public record JudgedCall(HeardCall call, Judged served, Judged alone) {
    private static final AlertRules RULES = AlertRules.parse(AlertRules.DEFAULT);

    /**
     * One way of judging.
     *
     * @param windows a verdict for each window that got a label, in order
     * @param alerts how often each of the default rules came to hold, by its name
     */
    public record Judged(List<Verdict> windows, Map<String, Integer> alerts) {
        public Judged {
            windows = List.copyOf(windows);
            alerts = Map.copyOf(alerts);
        }

        private static Judged of(List<Verdict> windows, List<CallOpinions.Said> said) {
            Map<String, Integer> alerts = new TreeMap<>();
            RULES.list().forEach(rule -> alerts.put(rule.name(), 0));
            LegAlerts leg = new LegAlerts(RULES);
            for (int i = 0; i < windows.size(); i++) {
                Verdict verdict = windows.get(i);
                long endMs = said.get(i).endMs();
                // Rules look at the order of windows, not at how long they are.
                Affect affect = AffectTable.DEFAULT.of(verdict.probabilities());
                leg.take(new JudgedWindow(
                                i,
                                endMs,
                                endMs,
                                endMs,
                                verdict.label(),
                                verdict.confidence(),
                                Mood.of(verdict.probabilities()),
                                affect.sentiment(),
                                affect.valence()))
                        .forEach(alert -> alerts.merge(alert.rule().name(), 1, Integer::sum));
            }
            return new Judged(windows, alerts);
        }
    }

    /**
     * Judges a call.
     *
     * @param temperature of the confidences of windows judged by themselves
     */
    public static JudgedCall of(HeardCall call, List<String> labels, Persistence persistence, double temperature) {
        List<CallOpinions.Said> said = call.opinions().windows();
        return new JudgedCall(
                call,
                Judged.of(call.opinions().verdicts(labels, persistence, temperature), said),
                Judged.of(call.opinions().verdicts(labels, Persistence.NONE, temperature), said));
    }
}
