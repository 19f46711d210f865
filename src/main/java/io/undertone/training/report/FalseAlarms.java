package io.undertone.training.report;

import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.ordinary.OrdinaryFigures;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How sure of anger one must be to be wrong about ordinary speech once an hour.
 *
 * @param threshold the probability of anger that the windows of ordinary speech, each judged independently, are above at most once an hour
 * @param hours of ordinary speech that it was found on
 */
public record FalseAlarms(double threshold, double hours) {
    /** Those of calls of ordinary speech; null where there are none. */
    public static @Nullable FalseAlarms of(List<JudgedCall> ordinary) {
        return ordinary.isEmpty()
                ? null
                : new FalseAlarms(
                        OrdinaryFigures.thresholdOfOneFalseAlarmAnHour(ordinary), OrdinaryFigures.hours(ordinary));
    }

    /** These, under the condition that ordinary speech is played under; null under others. */
    static @Nullable FalseAlarms under(Condition condition, @Nullable FalseAlarms falseAlarms) {
        return condition == Condition.TELEPHONE ? falseAlarms : null;
    }

    /** For people: what one false alarm an hour means. */
    String sentence() {
        return String.format(
                Locale.ROOT,
                "%nOne false alarm an hour: of %.2f hours of ordinary speech, at most %d windows have a probability of anger above %.3f; anger is"
                        + " found where a clip's is above that.%n",
                hours,
                (int) hours,
                threshold);
    }
}
