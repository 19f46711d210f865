package io.undertone.training.site;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An event of a window, and what a person said of it.
 *
 * @param call its call
 * @param role whose voice, in capitals; empty where it is not told
 * @param endMs end of the window within its leg; -1 where a whole call was marked
 * @param said the label of the event
 * @param probabilities of the event, by label; empty where they are not told
 * @param mark what the person said of it
 * @param truth the label that the person gave, {@code said} for right; empty for wrong, and without a mark
 * @param model name and version of the bundle, such as {@code telephone 2.1.0}; empty where it is not told
 */
public record MarkedEvent(
        String call,
        String role,
        long endMs,
        String said,
        Map<String, Double> probabilities,
        Mark mark,
        String truth,
        String model) {
    /** What a person says of an event. */
    public enum Mark {
        /** Nothing. */
        NONE,
        /** The label is right. */
        RIGHT,
        /** The label is wrong; which is right is not said. */
        WRONG,
        /** This label is right. */
        LABEL
    }

    public MarkedEvent {
        if (call.isEmpty()) {
            throw new IllegalArgumentException("an event must name its call");
        }
        if (said.isEmpty()) {
            throw new IllegalArgumentException("an event must have the label that was given");
        }
        if (mark == Mark.LABEL && truth.isEmpty()) {
            throw new IllegalArgumentException("with the verdict label there must be a true label");
        }
        role = role.toUpperCase(Locale.ROOT);
        truth = mark == Mark.RIGHT ? said : mark == Mark.WRONG ? "" : truth;
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }

    /** One leg's name, for events of the same leg belong together. */
    String leg() {
        return role.isEmpty() ? call : call + "/" + role;
    }
}
