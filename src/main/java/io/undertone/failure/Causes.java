package io.undertone.failure;

import java.util.ArrayList;
import java.util.List;

/** What is said of the causes of a failure. */
public final class Causes {
    /** Of Kafka's clients where a setting is wrong: the cause names it, this does not. */
    private static final String SAYS_NOTHING = "Failed to construct kafka";

    private Causes() {}

    /**
     * The message of the innermost cause as one line; its class if it has none. Kafka's outer exceptions say little ("Failed to
     * construct kafka consumer"); what caused them says more.
     */
    public static String innermost(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable innermost = chain.get(chain.size() - 1);
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : firstLine(message);
    }

    /**
     * What all causes say, from the outermost in, as one line, each once: which topic or task it was is known outside, why it failed
     * inside.
     */
    public static String all(Throwable failure) {
        List<String> said = new ArrayList<>();
        for (Throwable cause : chain(failure)) {
            String message = cause.getMessage() == null ? "" : cause.getMessage();
            String line = withoutFullStop(firstLine(message));
            boolean saysNothing =
                    line.isEmpty() || line.startsWith(SAYS_NOTHING) || message.equals(String.valueOf(cause.getCause()));
            if (!saysNothing && said.stream().noneMatch(before -> before.contains(line))) {
                said.add(line);
            }
        }
        return said.isEmpty() ? innermost(failure) : String.join(": ", said);
    }

    private static String withoutFullStop(String line) {
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** The first line of a message that is not blank; empty if there is none. */
    public static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
