package io.undertone.source;

import io.undertone.AudioChunk;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of live legs on their way to a sink that may wait: they are handed to it by a thread of their own, in the order in which
 * they came, and those that come while too many are under way are dropped and counted. What was dropped is a gap in the positions of
 * its leg, of its true length. Thread-safe.
 */
public final class ChunkBuffer implements AutoCloseable {
    private final ChunkSink sink;
    private final long maxBytes;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Object lock = new Object();
    private long bytes;
    private long chunks;
    private long dropped;
    private long failed;
    private boolean closed;

    private record Waiting(AudioChunk chunk, ChunkSink.Outcome outcome) {}

    /**
     * @param sink gets the chunks; may wait
     * @param maxBytes most bytes of audio under way: not handed over, or handed over and not settled
     */
    public ChunkBuffer(ChunkSink sink, long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be >= 1 byte: maxBytes=" + maxBytes);
        }
        this.sink = sink;
        this.maxBytes = maxBytes;
        this.thread = new Thread(this::run, "chunk-buffer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes a chunk, without waiting.
     *
     * @param outcome called once with the result, on the sink's threads; not called if the chunk is dropped
     * @return false where it is dropped, since it does not fit or the buffer is closed
     */
    public boolean offer(AudioChunk chunk, ChunkSink.Outcome outcome) {
        int size = chunk.getAudio().remaining();
        synchronized (lock) {
            if (closed || bytes + size > maxBytes) {
                dropped++;
                return false;
            }
            bytes += size;
            chunks++;
            // Under the lock, so that close() sees all that was taken.
            queue.add(new Waiting(chunk, outcome));
        }
        return true;
    }

    private void run() {
        try {
            while (true) {
                hand(queue.take());
            }
        } catch (InterruptedException e) {
            // Closed: what is left is dropped.
            Waiting left = queue.poll();
            while (left != null) {
                settle(left, new IllegalStateException("the buffer was closed before the chunk was sent"));
                left = queue.poll();
            }
        }
    }

    private void hand(Waiting waiting) {
        AtomicBoolean settled = new AtomicBoolean();
        try {
            sink.send(waiting.chunk, failure -> {
                if (settled.compareAndSet(false, true)) {
                    settle(waiting, failure);
                }
            });
        } catch (RuntimeException e) {
            if (settled.compareAndSet(false, true)) {
                settle(waiting, e);
            }
        }
    }

    private void settle(Waiting waiting, @Nullable Exception failure) {
        synchronized (lock) {
            bytes -= waiting.chunk.getAudio().remaining();
            chunks--;
            failed += failure == null ? 0 : 1;
            lock.notifyAll();
        }
        waiting.outcome.settled(failure);
    }

    /**
     * Waits until all chunks under way are settled.
     *
     * @return false where some are not, in that time
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        long giveUpAt = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            while (chunks > 0) {
                long leftNanos = giveUpAt - System.nanoTime();
                if (leftNanos <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, leftNanos);
            }
            return true;
        }
    }

    /** Bytes of audio under way. */
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** Chunks that did not fit. */
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    /** Chunks that were taken and never arrived. */
    public long failed() {
        synchronized (lock) {
            return failed;
        }
    }

    /** Takes and hands over nothing more; {@link #drain} first. The sink stays its owner's. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        thread.interrupt();
    }
}
