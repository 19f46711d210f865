package io.undertone.conversation;

/**
 * Stretches of time of a kind.
 *
 * @param count how many
 * @param totalMs their length in all
 * @param longestMs the longest
 */
public record Stretches(int count, long totalMs, long longestMs) {
    /** Their mean length; 0 where there are none. */
    public double meanMs() {
        return count == 0 ? 0 : (double) totalMs / count;
    }
}
