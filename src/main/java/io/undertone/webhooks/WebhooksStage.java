package io.undertone.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.codec.RecordFormat;
import io.undertone.config.UndertoneConfig;
import io.undertone.config.WebhookConfig;
import io.undertone.config.WebhookReceiver;
import io.undertone.metrics.WebhookMetrics;
import io.undertone.registry.RecordFormats;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The stage {@code webhooks}: posts to every receiver, from {@link #start} to {@link #close}. Thread-safe. */
public final class WebhooksStage implements AutoCloseable {
    private static final long IDLE_THREAD_S = 30;

    private final List<ReceiverThread> receivers;

    private WebhooksStage(List<ReceiverThread> receivers) {
        this.receivers = receivers;
    }

    /** Allows this process to set the header Host; to be called before any other use of the HTTP client. */
    public static void prepare() {
        HttpPoster.allowOwnHost();
    }

    /** Its input topics. */
    public static Set<String> topics(UndertoneConfig config) {
        return config.webhooks().receivers().stream()
                .flatMap(receiver -> Messages.topics(config, receiver.kinds()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Starts posting. */
    public static WebhooksStage start(UndertoneConfig config, MeterRegistry registry) {
        prepare();
        RecordFormat format = RecordFormats.of(config);
        List<ReceiverThread> threads = config.webhooks().receivers().stream()
                .map(receiver -> thread(config, receiver, format, registry))
                .toList();
        threads.forEach(ReceiverThread::start);
        return new WebhooksStage(threads);
    }

    private static ReceiverThread thread(
            UndertoneConfig config, WebhookReceiver receiver, RecordFormat format, MeterRegistry registry) {
        WebhookConfig settings = config.webhooks();
        ExecutorService posts = pool(receiver.name(), settings.inFlightMax());
        HttpPoster poster = new HttpPoster(
                receiver,
                new AddressRule(settings.networksAllowed()),
                Duration.ofMillis(settings.timeoutMs()),
                settings.trust(),
                Runnable::run,
                InetAddress::getAllByName,
                System::currentTimeMillis);
        return new ReceiverThread(
                config,
                receiver,
                format,
                poster,
                posts,
                new WebhookMetrics(registry, receiver.name()),
                System::currentTimeMillis);
    }

    private static ExecutorService pool(String receiver, int threads) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_THREAD_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread =
                            new Thread(work, "undertone-webhooks-" + receiver + "-post-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Its state in a few words, for {@code /health}. */
    public String state() {
        String waiting = receivers.stream()
                .filter(receiver -> !receiver.isReady())
                .map(ReceiverThread::name)
                .collect(Collectors.joining(", "));
        String out = receivers.stream()
                .filter(ReceiverThread::isOut)
                .map(ReceiverThread::name)
                .collect(Collectors.joining(", "));
        return (waiting.isEmpty() ? "posting" : "no partitions yet for " + waiting)
                + (out.isEmpty() ? "" : "; not accepting posts: " + out);
    }

    /** Whether every receiver's consumer has joined its group. A receiver that is down does not matter here: a restart would not help. */
    public boolean isReady() {
        return receivers.stream().allMatch(ReceiverThread::isReady);
    }

    /** Waits briefly for tries in flight, and commits the progress. */
    @Override
    public void close() {
        receivers.parallelStream().forEach(ReceiverThread::close);
    }
}
