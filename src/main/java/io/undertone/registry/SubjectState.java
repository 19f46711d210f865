package io.undertone.registry;

/**
 * The state of one subject.
 *
 * @param subject such as {@code emotion-events-value}
 * @param state exists, created or missing
 * @param id the schema's number; -1 where it is missing
 */
public record SubjectState(String subject, String state, int id) {
    public boolean missing() {
        return state.equals("missing");
    }
}
