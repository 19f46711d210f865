package io.undertone.alert;

import io.undertone.Sentiment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules as they are written in the configuration, separated by semicolons:
 *
 * <pre>
 * angry-customer: angry at >= 0.6 for 5 of 8 windows; low: sad or fearful for 10 of 12 windows; souring: valence fell by 0.4 over the call;
 * unhappy: sentiment negative for 5 of 8 windows
 * </pre>
 *
 * <p>Without {@code at >= …} any confidence will do; {@code ≥} is read as {@code >=}. Immutable.
 */
public final class AlertRules {
    /** The rules that hold where none are configured. */
    public static final String DEFAULT =
            "angry: angry at >= 0.8 for 3 of 5 windows; souring: mood fell by 0.6 over the call";

    /** Most windows that a rule looks back on: a minute of speech. */
    static final int WINDOWS_MAX = 60;

    private static final Pattern NAMED = Pattern.compile("([a-z0-9][a-z0-9-]{0,49})\\s*:\\s*(.+)");
    private static final Pattern LABELS =
            Pattern.compile("([a-z]+(?: or [a-z]+)*)(?: at >= ?([0-9.]+))? for ([0-9]{1,3}) of ([0-9]{1,3}) windows");
    private static final Pattern FELL = Pattern.compile("(mood|valence) fell by ([0-9.]+) over the call");
    private static final Pattern SENTIMENT =
            Pattern.compile("sentiment (negative|neutral|positive) for ([0-9]{1,3}) of ([0-9]{1,3}) windows");

    private final List<AlertRule> rules;

    private AlertRules(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException if one is not of the forms above, naming it
     */
    public static AlertRules parse(String text) {
        List<AlertRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String part : text.split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            AlertRule rule = rule(part.strip().replace("≥", ">=").replaceAll("\\s+", " "));
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("rules must have different names: " + rule.name());
            }
            rules.add(rule);
        }
        return new AlertRules(rules);
    }

    private static AlertRule rule(String text) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            throw new IllegalArgumentException(
                    "a rule must begin with its name, of a-z, 0-9 and '-', and a colon: '" + text + "'");
        }
        String name = named.group(1);
        String condition = named.group(2);
        Matcher sentiment = SENTIMENT.matcher(condition);
        Matcher labels = LABELS.matcher(condition);
        Matcher fell = FELL.matcher(condition);
        if (sentiment.matches()) {
            return sentiment(name, condition, sentiment);
        }
        if (labels.matches()) {
            return labels(name, condition, labels, text);
        }
        if (fell.matches()) {
            return fell(name, condition, fell, text);
        }
        throw new IllegalArgumentException(
                "a rule must read like 'angry at >= 0.6 for 5 of 8 windows', 'sentiment negative"
                        + " for 5 of 8 windows', 'valence fell by 0.4 over the call' or 'mood fell by 0.4 over the call': '"
                        + condition + "'");
    }

    private static AlertRule sentiment(String name, String condition, Matcher words) {
        int count = Integer.parseInt(words.group(2));
        int of = Integer.parseInt(words.group(3));
        checkCount(count, of, condition);
        return new AlertRule.SentimentIs(name, condition, sentiment(words.group(1)), count, of);
    }

    private static AlertRule labels(String name, String condition, Matcher words, String text) {
        String least = words.group(2);
        return labels(
                name,
                condition,
                Set.of(words.group(1).split(" or ", -1)),
                least == null ? 0 : number(least, text),
                Integer.parseInt(words.group(3)),
                Integer.parseInt(words.group(4)));
    }

    private static AlertRule fell(String name, String condition, Matcher words, String text) {
        double fall = number(words.group(2), text);
        check(fall > 0 && fall <= 2, "the fall must be in (0, 2]", fall, text);
        AlertRule.Measure measure = AlertRule.Measure.valueOf(words.group(1).toUpperCase(Locale.ROOT));
        return new AlertRule.Fell(name, condition, measure, fall);
    }

    private static Sentiment sentiment(String word) {
        return Sentiment.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static AlertRule labels(
            String name, String condition, Set<String> labels, double confidence, int count, int of) {
        check(confidence <= 1, "the confidence must be in [0, 1]", confidence, condition);
        checkCount(count, of, condition);
        return new AlertRule.Labels(name, condition, labels, confidence, count, of);
    }

    private static void checkCount(int count, int of, String condition) {
        check(of >= 1 && of <= WINDOWS_MAX, "windows must be 1 to " + WINDOWS_MAX, of, condition);
        check(count >= 1 && count <= of, "the count must be 1 to " + of, count, condition);
    }

    private static double number(String text, String rule) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number: '" + text + "' in '" + rule + "'", e);
        }
    }

    private static void check(boolean holds, String must, Number value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(must + ": " + value + " in '" + rule + "'");
        }
    }

    /** In the order in which they were written. */
    public List<AlertRule> list() {
        return rules;
    }

    /** The rules that look for a label. */
    public List<AlertRule> about(String label) {
        return rules.stream()
                .filter(rule -> rule instanceof AlertRule.Labels labels
                        && labels.labels().contains(label))
                .toList();
    }

    /** So many of the newest windows must be known to judge all rules. */
    int windowsNeeded() {
        return rules.stream().mapToInt(AlertRules::looksBack).reduce(AlertRule.Fell.WINDOWS, Math::max);
    }

    /** So many of the newest windows bear on a rule. */
    static int looksBack(AlertRule rule) {
        if (rule instanceof AlertRule.Labels labels) {
            return labels.of();
        }
        return rule instanceof AlertRule.SentimentIs sentiment ? sentiment.of() : AlertRule.Fell.WINDOWS;
    }

    /** Differs where any rule does. */
    int fingerprint() {
        return rules.stream()
                .map(rule -> rule.name() + ":" + rule.condition())
                .toList()
                .hashCode();
    }
}
