package io.undertone.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop, so that pending work is finished and the exit code is 0. A second signal ends the process at
 * once. Thread-safe.
 */
final class StopSignal {
    private static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable Thread starting;

    /** Does not handle signals yet. */
    StopSignal() {}

    /** Starts handling signals. */
    static StopSignal install(Runnable whenRequested) {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                if (stop.isRequested()) {
                    Runtime.getRuntime().halt(INTERRUPTED);
                }
                stop.request();
                whenRequested.run();
            });
        }
        return stop;
    }

    /** The start-up work of a process. */
    @FunctionalInterface
    interface Start<T> {
        T run() throws InterruptedException;
    }

    /**
     * Runs a task on this thread and interrupts it when the process is to stop; its exception is then no failure.
     * A task that ignores interruption runs until its next interruptible step.
     *
     * @return its result; empty where it was interrupted or not started
     */
    <T> Optional<T> unlessRequested(Start<T> start) throws InterruptedException {
        synchronized (lock) {
            if (isRequested()) {
                return Optional.empty();
            }
            starting = Thread.currentThread();
        }
        try {
            return Optional.of(start.run());
        } catch (RuntimeException | InterruptedException e) {
            if (isRequested()) {
                LOG.debug("the start was cancelled", e);
                return Optional.empty();
            }
            throw e;
        } finally {
            synchronized (lock) {
                starting = null;
                if (isRequested()) {
                    // Clears the interrupt, which must not affect the shutdown.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Requests the stop, as a signal does. */
    void request() {
        synchronized (lock) {
            requested.countDown();
            if (starting != null) {
                starting.interrupt();
            }
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for the request. */
    void await() throws InterruptedException {
        requested.await();
    }

    /** Waits for the request up to a timeout; returns whether it came. */
    boolean await(long ms) throws InterruptedException {
        return requested.await(ms, TimeUnit.MILLISECONDS);
    }
}
