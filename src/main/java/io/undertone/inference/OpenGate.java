package io.undertone.inference;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents use of native memory after it was freed: any number of concurrent calls while open, and one close that waits for them. Thread-safe.
 */
public final class OpenGate {
    private static final Logger LOG = LoggerFactory.getLogger(OpenGate.class);
    private static final long CLOSE_WAIT_MS = 1_500;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final String what;
    private boolean closed;

    /** @param what is guarded, for the message of a call after closing */
    public OpenGate(String what) {
        this.what = what;
    }

    /** A call that may throw a checked exception of its library. */
    public interface Call<E extends Exception> {
        void run() throws E;
    }

    /** Runs a call while the gate is open.
     *
     * @throws IllegalStateException if it is closed
     */
    public <E extends Exception> void enter(Call<E> call) throws E {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("must be used before it is closed: " + what);
            }
            call.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Runs {@code free} on the first call, once no call is in progress. If one does not return, nothing is freed, since it may still use the memory; the end of the process, which must not be delayed, frees it anyway.
     */
    public void close(Runnable free) {
        if (!lockForClose()) {
            LOG.warn("{} did not finish; its native memory is not released before the process ends", what);
            return;
        }
        try {
            if (!closed) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private boolean lockForClose() {
        try {
            return lock.writeLock().tryLock(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
