package io.undertone.inference;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps native memory from being used after it was freed: any number of calls at a time while open, one close that waits for
 * them. Thread-safe.
 */
public final class OpenGate {
    private static final Logger LOG = LoggerFactory.getLogger(OpenGate.class);
    private static final long CLOSE_WAIT_MS = 1_500;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final String what;
    private boolean closed;

    /** @param what is guarded, for the message of a call after the close */
    public OpenGate(String what) {
        this.what = what;
    }

    /** What may fail with a checked exception of its library's own. */
    public interface Call<E extends Exception> {
        void run() throws E;
    }

    /**
     * Runs a call while it is open.
     *
     * @throws IllegalStateException where it is closed
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
     * Runs {@code free} the first time, once no call is under way. Where one does not return, nothing is freed: it may still use
     * that memory, and the end of the process, which this must not hold up, frees it anyway.
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
