package io.undertone.failure;

/** What is said of the causes of a failure. */
public final class Causes {
    private Causes() {}

    /**
     * The message of the innermost cause as one line; its class where it has none. Kafka's outer exceptions say little ("Failed to
     * construct kafka consumer"); what caused them says more.
     */
    public static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : firstLine(message);
    }

    /** The first line of a message that is not blank; empty where it has none. */
    public static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
