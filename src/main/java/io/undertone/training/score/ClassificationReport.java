package io.undertone.training.score;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Formats a confusion matrix like scikit-learn's {@code classification_report}. */
public final class ClassificationReport {
    private ClassificationReport() {}

    /** Precision, recall, F1 and support of each label that has clips or was predicted, then accuracy and averages. */
    public static String of(Confusion confusion) {
        List<LabelScore> scores = confusion.perLabel().stream()
                .filter(s -> s.support() > 0 || s.precision() > 0)
                .toList();
        int width = Math.max(
                "weighted avg".length(),
                confusion.labels().stream().mapToInt(String::length).max().orElse(0));
        StringBuilder text = new StringBuilder();
        text.append(" ".repeat(width)).append("  precision    recall  f1-score   support\n\n");
        scores.forEach(s -> text.append(line(width, s.label(), s.precision(), s.recall(), s.f1(), s.support())));
        text.append('\n').append(accuracy(width, confusion));
        text.append(average(width, "macro avg", value -> mean(scores, value), confusion.total()));
        text.append(average(width, "weighted avg", value -> weighted(scores, value), confusion.total()));
        return text.toString();
    }

    private static String accuracy(int width, Confusion confusion) {
        return String.format(
                Locale.ROOT,
                "%" + width + "s %10s %9s %9.3f %9d%n",
                "accuracy",
                "",
                "",
                confusion.accuracy(),
                confusion.total());
    }

    private static String average(
            int width, String name, ToDoubleFunction<ToDoubleFunction<LabelScore>> over, int total) {
        return line(
                width,
                name,
                over.applyAsDouble(LabelScore::precision),
                over.applyAsDouble(LabelScore::recall),
                over.applyAsDouble(LabelScore::f1),
                total);
    }

    private static String line(int width, String name, double precision, double recall, double f1, int support) {
        return String.format(
                Locale.ROOT, "%" + width + "s %10.3f %9.3f %9.3f %9d%n", name, precision, recall, f1, support);
    }

    private static double mean(List<LabelScore> scores, ToDoubleFunction<LabelScore> value) {
        return scores.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static double weighted(List<LabelScore> scores, ToDoubleFunction<LabelScore> value) {
        double support = scores.stream().mapToDouble(LabelScore::support).sum();
        return scores.stream()
                        .mapToDouble(s -> s.support() * value.applyAsDouble(s))
                        .sum()
                / support;
    }
}
