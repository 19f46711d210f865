package io.undertone.failure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The partitions of a topic were raised, and state that is kept by partition no longer fits. */
public final class PartitionsChanged {
    /** As Kafka Streams says it, of the first changelog that it finds. */
    private static final Pattern OF_STREAMS =
            Pattern.compile("(\\S+) has invalid partitions: expected: (\\d+); actual: (\\d+)");

    private PartitionsChanged() {}

    /** In one line, with the remedy. */
    public static String message(String topic, String partitions, String changelog, String before) {
        return topic + " has " + partitions + " partitions, and the state in " + changelog + " is of " + before
                + ": a call's chunks would no longer come where its state is; let live calls end, stop all processes, and run"
                + " 'undertone reset --offsets kept' before they start again (docs/operators.md, Partitions)";
    }

    /** The same of a fault of Kafka Streams, where it is that. */
    public static Optional<String> describe(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            Matcher matcher = OF_STREAMS.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return Optional.of(
                        message("the topic that it reads", matcher.group(2), matcher.group(1), matcher.group(3)));
            }
        }
        return Optional.empty();
    }
}
