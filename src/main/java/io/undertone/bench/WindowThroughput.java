package io.undertone.bench;

import io.undertone.inference.Ensemble;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many windows a second an ensemble answers, in batches as {@code serve} forms them: several at the same time, each on a thread of its
 * own. The windows are given out in turn, so that batches differ. Not thread-safe.
 */
public final class WindowThroughput {
    private final Ensemble ensemble;
    private final List<Window> windows;
    private final long measuredNanos;
    private final LongSupplier nanoClock;

    /**
     * @param windows at least one, used again and again
     * @param measuredNanos time of each measurement, ns; a batch that has begun is finished
     * @param nanoClock {@code System::nanoTime} except in tests
     */
    public WindowThroughput(Ensemble ensemble, List<Window> windows, long measuredNanos, LongSupplier nanoClock) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("there must be a window to measure with: windows=0");
        }
        this.ensemble = ensemble;
        this.windows = List.copyOf(windows);
        this.measuredNanos = measuredNanos;
        this.nanoClock = nanoClock;
    }

    /**
     * One measurement.
     *
     * @param batch windows in a batch
     * @param atOnce batches computed at the same time
     * @param windowsPerSecond of all threads together
     * @param batchMs time that a batch took, mean, ms
     * @param microsPerWindow time of a thread for a window, by voter, µs; networks are evaluated together
     */
    public record Point(
            int batch, int atOnce, double windowsPerSecond, double batchMs, Map<String, Double> microsPerWindow) {}

    private record Share(int batches, long nanos, Map<String, Long> nanosByVoters) {}

    /** Measures one combination, after a batch on each thread that does not count. */
    public Point measure(int batch, int atOnce) throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                atOnce, task -> new Thread(task, "undertone-throughput-" + number.getAndIncrement()));
        try {
            run(threads, batch, atOnce, 0);
            long began = nanoClock.getAsLong();
            List<Share> shares = run(threads, batch, atOnce, measuredNanos);
            return point(batch, atOnce, shares, nanoClock.getAsLong() - began);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Share> run(ExecutorService threads, int batch, int atOnce, long nanos) throws InterruptedException {
        List<Callable<Share>> tasks = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            int first = (int) ((long) i * batch % windows.size());
            tasks.add(() -> share(batch, first, nanos));
        }
        List<Share> shares = new ArrayList<>();
        for (Future<Share> task : threads.invokeAll(tasks)) {
            try {
                shares.add(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a batch of " + batch + " must be answered: " + e.getCause(), e);
            }
        }
        return shares;
    }

    private Share share(int batch, int first, long nanos) {
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        List<Window> some = new ArrayList<>(batch);
        Map<String, Long> byVoters = new TreeMap<>();
        int next = first;
        int batches = 0;
        long began = nanoClock.getAsLong();
        do {
            some.clear();
            for (int i = 0; i < batch; i++) {
                some.add(windows.get(next));
                next = (next + 1) % windows.size();
            }
            probabilities.reset(batch);
            ensemble.predict(some, probabilities);
            probabilities.nanosByVoters().forEach((voter, took) -> byVoters.merge(voter, took, Long::sum));
            batches++;
        } while (nanoClock.getAsLong() - began < nanos);
        return new Share(batches, nanoClock.getAsLong() - began, byVoters);
    }

    private static Point point(int batch, int atOnce, List<Share> shares, long nanos) {
        long batches = shares.stream().mapToLong(Share::batches).sum();
        long ofThreads = shares.stream().mapToLong(Share::nanos).sum();
        Map<String, Double> micros = new TreeMap<>();
        shares.forEach(share -> share.nanosByVoters()
                .forEach((voter, took) -> micros.merge(voter, took / 1e3 / (batches * batch), Double::sum)));
        return new Point(
                batch,
                atOnce,
                batches * (double) batch * TimeUnit.SECONDS.toNanos(1) / nanos,
                ofThreads / 1e6 / batches,
                micros);
    }
}
