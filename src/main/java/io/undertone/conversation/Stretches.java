package io.undertone.conversation;

/** Number and length of stretches of time.
 *
 * @param count how many
 * @param totalMs their total length
 * @param longestMs the longest
 */
public record Stretches(int count, long totalMs, long longestMs) {
    /** Their mean length; 0 if there are none. */
    public double meanMs() {
        return count == 0 ? 0 : (double) totalMs / count;
    }
}
