package io.undertone.alert;

import java.util.Set;

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
     * The mood fell since the call began.
     *
     * <p>{@code mood fell by 0.4 over the call}: the mean {@link Mood} of the newest {@value #WINDOWS} windows is lower by at
     * least 0.4 than that of the first {@value #WINDOWS}, once there are twice as many.
     *
     * @param fall by at least this, (0, 2]
     */
    record MoodFell(String name, String condition, double fall) implements AlertRule {
        static final int WINDOWS = 10;
    }
}
