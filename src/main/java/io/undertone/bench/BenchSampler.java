package io.undertone.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Samples memory, threads and lag of {@code serve} at intervals, on its own thread, until closed. Thread-safe. */
public final class BenchSampler implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double BYTES_PER_MB = 1 << 20;
    private static final String HEAP = "jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*}";
    private static final String THREADS = "jvm_threads_live_threads(?:\\{[^}]*})?";
    private static final String LAG = "kafka_consumer_fetch_manager_records_lag\\{[^}]*}";

    private final URI metrics;
    private final ProcessHandle serve;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final long startNanos = System.nanoTime();
    private final List<SystemSample> samples = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bench-sampler");
        thread.setDaemon(true);
        return thread;
    });

    private BenchSampler(URI metrics, ProcessHandle serve) {
        this.metrics = metrics;
        this.serve = serve;
    }

    /**
     * Starts sampling.
     *
     * @param address of {@code serve}
     * @param everySeconds interval between samples
     */
    public static BenchSampler start(URI address, ProcessHandle serve, int everySeconds) {
        BenchSampler sampler = new BenchSampler(address.resolve("/metrics"), serve);
        var unused = sampler.timer.scheduleAtFixedRate(sampler::sample, everySeconds, everySeconds, TimeUnit.SECONDS);
        return sampler;
    }

    private void sample() {
        try {
            String page = http.send(
                            HttpRequest.newBuilder(metrics).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            SystemSample sample = new SystemSample(
                    (System.nanoTime() - startNanos) / 1e9,
                    sum(page, HEAP) / BYTES_PER_MB,
                    ProcessUse.of(serve).residentMb().orElse(Double.NaN),
                    sum(page, THREADS),
                    sum(page, LAG));
            synchronized (samples) {
                samples.add(sample);
            }
        } catch (IOException e) {
            // This sample is skipped; the run itself detects that serve has ended.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The sum of all samples of a Prometheus page whose name and labels match; NaN (as of an idle consumer) counts as 0. */
    static double sum(String page, String metric) {
        double sum = 0;
        Matcher lines = Pattern.compile("(?m)^" + metric + " (\\S+)").matcher(page);
        while (lines.find()) {
            double value = Double.parseDouble(lines.group(1));
            sum += Double.isNaN(value) ? 0 : value;
        }
        return sum;
    }

    /** The samples so far, oldest first. */
    public List<SystemSample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
