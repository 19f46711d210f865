package io.undertone.alert;

import io.undertone.Sentiment;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** A rule over the windows of one leg. Immutable. */
public sealed interface AlertRule {
    /** What it is called: a word, unique among the rules. */
    String name();

    /** As it is written. */
    String condition();

    /**
     * Some of the newest windows have one of some labels.
     *
     * <p>{@code angry at >= 0.6 for 5 of 8 windows}: of the newest 8 labelled windows, at least 5 are angry with a confidence of at
     * least 0.6. Windows without speech have no label and don't count.
     *
     * @param labels any of these
     * @param confidence at least this, [0, 1]
     * @param count so many windows, at least
     * @param of out of so many
     */
    record Labels(String name, String condition, Set<String> labels, double confidence, int count, int of)
            implements AlertRule {
        /** Copies the labels. */
        public Labels {
            labels = Set.copyOf(labels);
        }

        boolean fits(JudgedWindow window) {
            return labels.contains(window.label()) && window.confidence() >= confidence;
        }
    }

    /**
     * Some of the newest windows have a sentiment.
     *
     * <p>{@code sentiment negative for 5 of 8 windows}: of the newest 8 labelled windows, at least 5 are negative, whichever of the
     * negative labels each has.
     *
     * @param count so many windows, at least
     * @param of out of so many
     */
    record SentimentIs(String name, String condition, Sentiment sentiment, int count, int of) implements AlertRule {
        boolean fits(JudgedWindow window) {
            return window.sentiment() == sentiment;
        }
    }

    /**
     * What a call sounds like fell since it began.
     *
     * <p>{@code valence fell by 0.4 over the call}: the mean valence of the newest {@value #WINDOWS} windows is lower by at least 0.4
     * than that of the first {@value #WINDOWS}, once there are twice as many.
     *
     * @param fall by at least this, (0, 2]
     */
    record Fell(String name, String condition, Measure measure, double fall) implements AlertRule {
        static final int WINDOWS = 10;
    }

    /** What can fall. */
    enum Measure {
        /** {@link Mood}: signs alone. */
        MOOD(JudgedWindow::mood),
        /** By the bundle's table. */
        VALENCE(JudgedWindow::valence);

        private final ToDoubleFunction<JudgedWindow> of;

        Measure(ToDoubleFunction<JudgedWindow> of) {
            this.of = of;
        }

        double of(JudgedWindow window) {
            return of.applyAsDouble(window);
        }
    }
}
