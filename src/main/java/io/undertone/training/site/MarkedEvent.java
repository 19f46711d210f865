package io.undertone.training.site;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An event of a window, with a person's feedback.
 *
 * @param call id of its call
 * @param role in capitals; empty if unknown
 * @param endMs end of the window within its leg; -1 if a whole call was marked
 * @param said the label of the event
 * @param probabilities of the event, by label; empty if unknown
 * @param mark the person's judgement
 * @param truth the right label by the person, {@code said} if marked right; empty if only marked wrong, or not marked
 * @param model name and version of the bundle, such as {@code telephone 2.1.0}; empty if unknown
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
    /** A person's judgement of an event. */
    public enum Mark {
        /** Nothing. */
        NONE,
        /** The label is right. */
        RIGHT,
        /** The label is wrong; the right one is unknown. */
        WRONG,
        /** Another label, which is given, is right. */
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

    /** Identifies the leg, to group events of the same leg. */
    String leg() {
        return role.isEmpty() ? call : call + "/" + role;
    }
}
