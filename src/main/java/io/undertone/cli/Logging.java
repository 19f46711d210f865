package io.undertone.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged, beyond {@code logback.xml}. */
final class Logging {
    private Logging() {}

    /** Logs more where asked to. */
    static void apply(boolean debug) {
        if (debug) {
            level("io.undertone", Level.DEBUG);
            level("org.apache.kafka", Level.INFO);
        }
    }

    /**
     * Keeps Undertone itself quiet but for warnings, for commands whose output is what they are about.
     *
     * @param debug whether to leave everything on
     */
    static void quiet(boolean debug) {
        if (!debug) {
            level("io.undertone", Level.WARN);
        }
    }

    /**
     * Keeps Kafka's clients and broker quiet, for commands that say themselves what goes wrong.
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
     * Keeps Kafka's clients quiet for a while.
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

    /** Ends a quiet while. */
    interface Quiet extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps the broker of this process quiet but for errors.
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
