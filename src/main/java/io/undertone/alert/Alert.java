package io.undertone.alert;

import java.util.List;

/**
 * A rule that fired.
 *
 * @param rule which
 * @param measured what it compares: the number of windows that fit, or by how much the mood fell
 * @param windows those that caused it, oldest first; never empty
 */
public record Alert(AlertRule rule, double measured, List<JudgedWindow> windows) {
    /** Copies the list. */
    public Alert {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows must not be empty: rule=" + rule.name());
        }
    }

    /** The newest of the windows. */
    public JudgedWindow last() {
        return windows.get(windows.size() - 1);
    }
}
