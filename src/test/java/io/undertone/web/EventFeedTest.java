package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertone.codec.RecordFormat;
import io.undertone.config.UndertoneConfig;
import io.undertone.registry.RecordFormats;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    /** It ended its thread once, and health said UP for ever. */
    @Test
    void shouldTryAgainAfterAnyFaultAndSayThatItIsDown() {
        AtomicInteger tries = new AtomicInteger();
        RecordFormat format = RecordFormats.of(UndertoneConfig.defaults());
        LiveCalls calls = new LiveCalls(LiveCalls.Limits.DEFAULT, System::currentTimeMillis);
        try (EventFeed feed = new EventFeed(
                calls,
                UndertoneConfig.defaults(),
                format,
                () -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("a fault that nobody foresaw");
                },
                System::currentTimeMillis,
                () -> {})) {
            feed.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> tries.get() >= 2);
            assertThat(feed.health().up()).isFalse();
            assertThat(feed.health().toString()).contains("a fault that nobody foresaw");
        }
    }
}
