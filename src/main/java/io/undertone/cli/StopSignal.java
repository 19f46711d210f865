package io.undertone.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM as a request to end, so that what was begun is finished and the exit code is 0. A second one ends the process at
 * once. Thread-safe.
 */
final class StopSignal {
    private static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable Thread starting;

    /** Catches nothing yet. */
    StopSignal() {}

    /** Catches the signals from now on. */
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

    /** What a process does before it serves. */
    @FunctionalInterface
    interface Start<T> {
        T run() throws InterruptedException;
    }

    /**
     * Runs something on this thread unless the process is asked to end: then the thread is interrupted, and whatever that makes of it
     * is no failure. What takes no notice of an interruption is gone through with, and given up at the next thing that does.
     *
     * @return what it gave; empty where it was given up, or not begun
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
                    // It has done what it was for, and must not hurry the end.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Asks the process to end, as a signal does. */
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

    /** Waits for it. */
    void await() throws InterruptedException {
        requested.await();
    }

    /** Waits for it for at most so long; whether it came. */
    boolean await(long ms) throws InterruptedException {
        return requested.await(ms, TimeUnit.MILLISECONDS);
    }
}
