package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run leaves on the heap, however long it is: little more at half of it and after all of it than after a tenth. For one thread. */
final class HeapWatch {
    /** What the test's own machinery takes in between. */
    private static final long SLACK_BYTES = 1 << 20;

    /** Less than a tenth of what a message takes as text. */
    private static final long BYTES_PER_MESSAGE = 20;

    private final int messages;
    /** Few: each look collects all garbage, which took most of the test's time where there were ten. */
    private final int[] looks;

    private int looked;
    private long firstBytes;
    private long mostBytes;

    /** @param messages how many the run has */
    HeapWatch(int messages) {
        this.messages = messages;
        this.looks = new int[] {messages / 10, messages / 2, messages};
    }

    /** @param sent messages so far */
    void look(int sent) {
        if (looked == looks.length || sent < looks[looked]) {
            return;
        }
        looked++;
        System.gc();
        long bytes = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        firstBytes = firstBytes == 0 ? bytes : firstBytes;
        mostBytes = Math.max(mostBytes, bytes);
    }

    void shouldHaveStayed() {
        System.out.println("fuzz: " + messages + " messages, the heap grew by " + (mostBytes - firstBytes) + " bytes");
        assertThat(mostBytes - firstBytes)
                .as("growth of the heap over " + messages + " messages, bytes")
                .isLessThan(SLACK_BYTES + messages * BYTES_PER_MESSAGE);
    }
}
