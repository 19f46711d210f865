package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a run leaves on the heap, however long it is: of its three thirds after the first tenth, at most one may add more than a little. What is
 * kept of each message adds to all of them; what the rest of the machine takes once (classes, soft references, a thread of another
 * test) adds to one. For one thread.
 */
final class HeapWatch {
    /** What the test's own machinery takes in between. */
    private static final long SLACK_BYTES = 1 << 20;

    /** Less than a tenth of what a message takes as text. */
    private static final long BYTES_PER_MESSAGE = 20;

    /** Few: each look collects all garbage, which took most of the test's time where there were ten. */
    private static final int THIRDS = 3;

    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)\\s*$", Pattern.MULTILINE);

    private final int messages;
    private final LongSupplier heapBytes;
    private final long[] bytes = new long[1 + THIRDS];
    private int looked;

    /** @param messages how many the run has */
    HeapWatch(int messages) {
        this(messages, HeapWatch::livingBytes);
    }

    HeapWatch(int messages, LongSupplier heapBytes) {
        this.messages = messages;
        this.heapBytes = heapBytes;
    }

    /**
     * Bytes of all objects that live, as {@code jcmd GC.class_histogram} counts them after a collection. Not what the heap has in use: that has
     * the unfilled buffers of whatever thread allocates meanwhile, half a megabyte now and then.
     */
    static long livingBytes() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return totalBytes(histogram);
        } catch (JMException e) {
            throw new IllegalStateException("the machine tells no histogram of its heap: run the tests on HotSpot", e);
        }
    }

    /** @param histogram its last line is {@code Total <instances> <bytes>} */
    static long totalBytes(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("a histogram of the heap must end in its total: " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    /** @param sent messages so far */
    void look(int sent) {
        if (looked < bytes.length && sent >= messages * (1L + THIRDS * looked) / 10) {
            bytes[looked++] = heapBytes.getAsLong();
        }
    }

    void shouldHaveStayed() {
        assertThat(looked).as("looks at the heap").isEqualTo(bytes.length);
        long[] growth = new long[THIRDS];
        Arrays.setAll(growth, i -> bytes[i + 1] - bytes[i]);
        System.out.println("fuzz: " + messages + " messages, the heap grew by " + Arrays.toString(growth) + " bytes");
        Arrays.sort(growth);
        assertThat(growth[THIRDS / 2])
                .as("growth of the heap over a third of " + messages + " messages, bytes, the median")
                .isLessThan((SLACK_BYTES + messages * BYTES_PER_MESSAGE) / THIRDS);
    }
}
