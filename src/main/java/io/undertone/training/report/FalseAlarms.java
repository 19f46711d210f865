package io.undertone.training.report;

import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.ordinary.OrdinaryFigures;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The threshold of anger at which ordinary speech raises one false alarm per hour.
 *
 * @param threshold the probability of anger that the windows of ordinary speech, each judged independently, exceed at most once per hour
 * @param hours of ordinary speech that it was found on
 */
public record FalseAlarms(double threshold, double hours) {
    /** Computes them from calls of ordinary speech; null if there are none. */
    public static @Nullable FalseAlarms of(List<JudgedCall> ordinary) {
        return ordinary.isEmpty()
                ? null
                : new FalseAlarms(
                        OrdinaryFigures.thresholdOfOneFalseAlarmAnHour(ordinary), OrdinaryFigures.hours(ordinary));
    }

    /** Returns these for the condition under which ordinary speech is played, null for others. */
    static @Nullable FalseAlarms under(Condition condition, @Nullable FalseAlarms falseAlarms) {
        return condition == Condition.TELEPHONE ? falseAlarms : null;
    }

    /** A sentence that explains one false alarm per hour. */
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
