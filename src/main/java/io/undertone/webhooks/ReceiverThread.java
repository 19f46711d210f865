package io.undertone.webhooks;

import io.undertone.codec.RecordFormat;
import io.undertone.config.KafkaSettings;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.config.WebhookConfig;
import io.undertone.config.WebhookReceiver;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.WebhookMetrics;
import io.undertone.registry.RegistryException;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one receiver, from {@link #start} to {@link #close}. Where Kafka or the registry fails, it restarts from the committed offsets.
 * Thread-safe.
 */
final class ReceiverThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverThread.class);
    private static final long RETRY_MS = 1_000;
    private static final long FINISH_MS = 3_000;
    private static final long PAUSE_MS = 10;
    private static final long STOP_MS = 8_000;
    private static final int FETCH_BYTES = 1 << 20;

    private final UndertoneConfig config;
    private final WebhookReceiver receiver;
    private final RecordFormat format;
    private final Poster poster;
    private final ExecutorService posts;
    private final WebhookMetrics metrics;
    private final CauseLog causes;
    private final LongSupplier clockMs;
    private final String transactionalId;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable ReceiverLoop loop;

    /** @param posts runs tries; closed with the thread */
    ReceiverThread(
            UndertoneConfig config,
            WebhookReceiver receiver,
            RecordFormat format,
            Poster poster,
            ExecutorService posts,
            WebhookMetrics metrics,
            LongSupplier clockMs) {
        this.config = config;
        this.receiver = receiver;
        this.format = format;
        this.poster = poster;
        this.posts = posts;
        this.metrics = metrics;
        this.causes = new CauseLog(LOG, clockMs);
        this.clockMs = clockMs;
        this.transactionalId = group() + "-" + UUID.randomUUID();
        this.thread = new Thread(this::run, "undertone-webhooks-" + receiver.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private String group() {
        return config.applicationId(Stage.WEBHOOKS) + "-" + receiver.name();
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (Consumer<byte @Nullable [], byte @Nullable []> consumer = consumer();
                    DeadLetterWriter deadLetters = new DeadLetterWriter(config, receiver.name(), transactionalId)) {
                read(consumer, deadLetters);
            } catch (KafkaException | RegistryException e) {
                loop = null;
                causes.warn(
                        "KAFKA",
                        "nothing is posted to the receiver " + receiver.name() + " until this works again: "
                                + e.getMessage());
                pause(RETRY_MS);
            }
        }
    }

    private void read(Consumer<byte @Nullable [], byte @Nullable []> consumer, DeadLetterWriter deadLetters) {
        WebhookConfig settings = config.webhooks();
        Deliveries deliveries = new Deliveries(
                new Backoff(settings.backoffFirstMs(), settings.backoffMaxMs(), new SplittableRandom()),
                settings.retryMaxMs(),
                settings.inFlightMax());
        ReceiverLoop reading = new ReceiverLoop(
                receiver.name(),
                config,
                consumer,
                new Messages(config, format),
                deliveries,
                deadLetters,
                poster,
                posts,
                metrics,
                causes,
                clockMs);
        reading.subscribe(Messages.topics(config, receiver.kinds()));
        loop = reading;
        try {
            while (stopped.getCount() > 0) {
                reading.round();
            }
        } finally {
            reading.finish(FINISH_MS, () -> pause(PAUSE_MS));
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private Consumer<byte @Nullable [], byte @Nullable []> consumer() {
        Map<String, Object> settings = KafkaSettings.consumer(config);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A new receiver gets new records only, not the whole retention.
        settings.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 8_000);
        settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return receiver.name();
    }

    /** Whether it has joined its consumer group. */
    boolean isReady() {
        ReceiverLoop reading = loop;
        return reading != null && reading.isAssigned();
    }

    /** Whether the receiver is considered down. */
    boolean isOut() {
        ReceiverLoop reading = loop;
        return reading != null && reading.isOut();
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        posts.shutdownNow();
        metrics.close();
    }
}
