package io.undertone.inference;

import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches windows from all tasks of the process, as Triton's dynamic batcher does: a batch goes to the ensemble when it is full or when its oldest window has waited for the delay. A batch that fails is retried window by window, so that a bad window affects no other. Thread-safe.
 *
 * <p>Replies are called on the batcher's own threads, in no particular order. The ensemble is closed by its owner, after the batcher.
 */
public final class DynamicBatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicBatcher.class);
    private static final long IDLE = Long.MIN_VALUE;
    private static final long CLOSE_WAIT_MS = 500;

    /**
     * How windows are batched.
     *
     * @param maxBatchSize maximum windows in a batch
     * @param delayMs how long a window waits for others
     * @param threads batches computed at the same time
     * @param timeoutMs how long the ensemble may take for a batch
     */
    public record Settings(int maxBatchSize, long delayMs, int threads, long timeoutMs) {
        public Settings {
            require(maxBatchSize >= 1, "maxBatchSize must be >= 1: maxBatchSize=" + maxBatchSize);
            require(delayMs >= 0, "delayMs must be >= 0: delayMs=" + delayMs);
            require(threads >= 1, "threads must be >= 1: threads=" + threads);
            require(timeoutMs >= 1, "timeoutMs must be >= 1: timeoutMs=" + timeoutMs);
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }

    /** Receives the answer for one window, on a thread of the batcher, which it must not block. */
    public interface Reply {
        /**
         * The ensemble answered.
         *
         * @param probabilities of the whole batch; must be read before returning, then reused for the next batch
         * @param index of the window within it
         */
        void answered(Probabilities probabilities, int index);

        /** The ensemble failed on this window alone. */
        void failed(Throwable cause);
    }

    private record Request(Window window, Object owner, Reply reply) {}

    private final Ensemble ensemble;
    private final Settings settings;
    private final LongSupplier nanoClock;
    private final BatchObserver observer;
    private final BatchQueue<Request> queue;
    private final AtomicLongArray busySince;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;
    private volatile @Nullable Throwable broken;

    /**
     * Starts the batcher's threads.
     *
     * @param nanoClock {@code System::nanoTime} except in tests
     */
    public DynamicBatcher(Ensemble ensemble, Settings settings, LongSupplier nanoClock, BatchObserver observer) {
        this.ensemble = ensemble;
        this.settings = settings;
        this.nanoClock = nanoClock;
        this.observer = observer;
        this.queue = new BatchQueue<>(settings.maxBatchSize(), TimeUnit.MILLISECONDS.toNanos(settings.delayMs()));
        this.busySince = new AtomicLongArray(settings.threads());
        for (int i = 0; i < settings.threads(); i++) {
            busySince.set(i, IDLE);
            int number = i;
            Thread thread = new Thread(() -> work(number), "undertone-inference-" + i);
            // An engine that hangs must not keep the process from ending.
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * Queues a window.
     *
     * @param owner the task that may {@linkplain #cancel cancel} it
     * @param reply receives the answer
     * @throws IllegalStateException if the batcher is closed
     */
    public void submit(Window window, Object owner, Reply reply) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("batcher must be open: it is closed");
            }
            queue.add(new Request(window, owner, reply), nanoClock.getAsLong());
            if (queue.size() == 1 || queue.isFull()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes this owner's windows from the queue; those being computed are still answered. */
    public void cancel(Object owner) {
        lock.lock();
        try {
            queue.removeIf(request -> request.owner == owner);
        } finally {
            lock.unlock();
        }
    }

    /** The number of windows waiting for a batch. */
    public int queueLength() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Checks that the batcher can still answer.
     *
     * @throws EngineTimeoutException if the ensemble has exceeded the timeout for a batch, or a thread has died
     */
    public void checkAlive() {
        Throwable cause = broken;
        if (cause != null) {
            throw new EngineTimeoutException("the inference engine has failed and does not recover: " + cause, cause);
        }
        long now = nanoClock.getAsLong();
        for (int i = 0; i < busySince.length(); i++) {
            long since = busySince.get(i);
            if (since != IDLE && now - since > TimeUnit.MILLISECONDS.toNanos(settings.timeoutMs())) {
                throw new EngineTimeoutException("the inference engine must answer within inference.timeout.ms="
                        + settings.timeoutMs() + ": a batch has taken " + TimeUnit.NANOSECONDS.toMillis(now - since)
                        + " ms; restart the process, or raise the timeout if the machine is only slow");
            }
        }
    }

    private void work(int number) {
        Probabilities probabilities =
                new Probabilities(ensemble.voters().size(), ensemble.labels().size());
        try {
            Batch batch = nextBatch(number);
            while (batch != null) {
                compute(number, batch, probabilities);
                busySince.set(number, IDLE);
                batch = nextBatch(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOG.error("inference thread has died", e);
            broken = e;
        }
    }

    private record Batch(List<Request> requests, long waitedNanos) {}

    private @Nullable Batch nextBatch(int number) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = nanoClock.getAsLong();
                long wait = queue.nanosUntilReady(now);
                if (wait == 0) {
                    long waited = queue.oldestWaitNanos(now);
                    busySince.set(number, now);
                    return new Batch(queue.take(), waited);
                } else if (wait == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.awaitNanos(wait);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void compute(int number, Batch batch, Probabilities probabilities) {
        List<Request> requests = batch.requests;
        long start = nanoClock.getAsLong();
        try {
            predict(requests, probabilities);
        } catch (VoterBrokenException e) {
            // No window gets an answer: they wait in their store for a complete ensemble.
            throw e;
        } catch (RuntimeException e) {
            observer.failed(requests.size());
            if (requests.size() == 1) {
                requests.get(0).reply.failed(e);
            } else {
                LOG.warn(
                        "a batch of {} windows failed and is tried window by window: {}",
                        requests.size(),
                        e.toString());
                for (Request request : requests) {
                    busySince.set(number, nanoClock.getAsLong());
                    compute(number, new Batch(List.of(request), batch.waitedNanos), probabilities);
                }
            }
            return;
        }
        observer.computed(requests.size(), batch.waitedNanos, nanoClock.getAsLong() - start);
        probabilities.nanosByVoters().forEach(observer::computedBy);
        for (int i = 0; i < requests.size(); i++) {
            answer(requests.get(i), probabilities, i);
        }
    }

    private void predict(List<Request> requests, Probabilities probabilities) {
        probabilities.reset(requests.size());
        ensemble.predict(requests.stream().map(Request::window).toList(), probabilities);
    }

    private static void answer(Request request, Probabilities probabilities, int index) {
        try {
            request.reply.answered(probabilities, index);
        } catch (RuntimeException e) {
            request.reply.failed(e);
        }
    }

    /**
     * Discards queued windows and stops the threads once they have finished their batches; a thread that hangs is abandoned. A second call does nothing.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.removeIf(request -> true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        long giveUpAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_WAIT_MS);
        try {
            for (Thread thread : threads) {
                // At least 1 ms: 0 would wait forever.
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(giveUpAt - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
