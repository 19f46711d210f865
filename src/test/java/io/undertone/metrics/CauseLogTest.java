package io.undertone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CauseLogTest {
    @Test
    void shouldLogEachCauseOnceAMinute() {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("test");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        AtomicLong now = new AtomicLong(1_000);
        CauseLog log = new CauseLog(logger, now::get);
        log.warn("A", "first");
        log.warn("A", "second");
        log.warn("B", "third");
        now.set(60_999);
        log.warn("A", "fourth");
        now.set(61_000);
        log.warn("A", "fifth");
        assertThat(lines.list)
                .extracting(line -> line.getArgumentArray()[1])
                .containsExactly("first", "third", "fifth");
    }
}
