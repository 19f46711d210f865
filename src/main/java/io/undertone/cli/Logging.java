package io.undertone.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Log levels set at run time, in addition to {@code logback.xml}. */
final class Logging {
    private Logging() {}

    /** Logs more with {@code --debug}. */
    static void apply(boolean debug) {
        if (debug) {
            level("io.undertone", Level.DEBUG);
            level("org.apache.kafka", Level.INFO);
        }
    }

    /**
     * Limits Undertone's own logs to warnings, for commands that report progress on their own.
     *
     * @param debug whether to leave everything on
     */
    static void quiet(boolean debug) {
        if (!debug) {
            level("io.undertone", Level.WARN);
        }
    }

    /**
     * Silences Kafka's clients and broker, for commands that report errors themselves.
     *
     * @param debug whether to leave everything on
     */
    static void quietKafka(boolean debug) {
        if (!debug) {
            level("org.apache.kafka", Level.OFF);
            level("kafka", Level.OFF);
            level("state.change.logger", Level.OFF);
        }
    }

    /**
     * Silences Kafka's clients temporarily.
     *
     * @param debug whether to leave everything on
     */
    static Quiet quietClients(boolean debug) {
        if (debug || !(LoggerFactory.getLogger("org.apache.kafka.clients") instanceof Logger clients)) {
            return () -> {};
        }
        Level before = clients.getLevel();
        clients.setLevel(Level.OFF);
        return () -> clients.setLevel(before);
    }

    /** Restores their levels. */
    interface Quiet extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Limits the logs of this process' broker to errors.
     *
     * @param debug whether to leave everything on
     */
    static void quietBroker(boolean debug) {
        if (!debug) {
            for (String logger : new String[] {"org.apache.kafka", "kafka", "state.change.logger"}) {
                level(logger, Level.ERROR);
            }
        }
    }

    private static void level(String logger, Level level) {
        if (LoggerFactory.getLogger(logger) instanceof Logger logback) {
            logback.setLevel(level);
        }
    }
}
