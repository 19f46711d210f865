package io.undertone.source;

import io.undertone.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** A recording as many calls at once, each on a thread of its own, all begun together. */
public final class ManyCalls {
    /** Most calls: each holds a thread and an open file. */
    public static final int MAX = 500;

    private ManyCalls() {}

    /**
     * Plays them to their end.
     *
     * @param publishers one for each call; what they share must be thread-safe, as a producer is
     * @param progress receives that of the first call only
     * @return chunks sent
     * @throws Failure where Kafka does not take a chunk; the other calls are then left off
     */
    public static int play(Supplier<RecordingPublisher> publishers, List<PlayedCall> calls, LongConsumer progress)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(calls.size(), task -> new Thread(task, "undertone-call"));
        try {
            ExecutorCompletionService<Integer> ends = new ExecutorCompletionService<>(pool);
            List<Future<Integer>> all = new ArrayList<>();
            for (PlayedCall call : calls) {
                LongConsumer told = all.isEmpty() ? progress : ms -> {};
                RecordingPublisher publisher = publishers.get();
                all.add(ends.submit(() -> publisher.play(call, told)));
            }
            int chunks = 0;
            for (int ended = 0; ended < all.size(); ended++) {
                chunks += ends.take().get();
            }
            return chunks;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a call could not be played", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
