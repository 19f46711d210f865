package io.undertone.topology;

import io.undertone.ingest.LegId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tracks which legs of a task are live, when each last received a chunk, and which have ended. Time is wall-clock time, not record time.
 *
 * <p>A leg is idle when it has received no chunk for the idle time <em>while this task was running</em>. A task that was not
 * running received nothing: after a restart, and after a pause without punctuations (a stopped process, an unreachable broker), all idle
 * times restart, so that no leg ends before its backlog is read. Not thread-safe.
 */
final class LegWatch implements AutoCloseable {
    /** After this long without a punctuation, the task is assumed to have been paused. */
    private static final long PAUSE_MS = 5_000;

    private record End(LegId id, long atMs) {}

    private final LegPolicy policy;
    private final AtomicInteger liveLegs;
    private final Map<LegId, Long> receivedMs = new HashMap<>();
    private final Set<LegId> holding = new HashSet<>();
    private final ArrayDeque<End> ends = new ArrayDeque<>();
    private final Set<LegId> ended = new HashSet<>();
    private boolean endsSorted = true;
    private long runningSinceMs;
    private long lastTickMs;

    /**
     * Starts watching.
     *
     * @param liveLegs number of live legs of the whole process, to which this watch adds its own
     */
    LegWatch(LegPolicy policy, AtomicInteger liveLegs, long nowMs) {
        this.policy = policy;
        this.liveLegs = liveLegs;
        this.runningSinceMs = nowMs;
        this.lastTickMs = nowMs;
    }

    /**
     * Adds a restored leg.
     *
     * @param endedAtMs when it ended, or {@link LegStates#NOT_ENDED}
     * @param holds whether it holds chunks because audio before them is missing
     */
    void found(LegId id, long endedAtMs, boolean holds) {
        if (endedAtMs == LegStates.NOT_ENDED) {
            liveLegs.incrementAndGet();
            receivedMs.put(id, runningSinceMs);
            holds(id, holds);
        } else {
            ended.add(id);
            ends.add(new End(id, endedAtMs));
            endsSorted = false;
        }
    }

    boolean isLive(LegId id) {
        return receivedMs.containsKey(id);
    }

    boolean hasEnded(LegId id) {
        return ended.contains(id);
    }

    /** Adds a new leg, unless the process has reached its limit. */
    boolean open(LegId id, long nowMs) {
        if (receivedMs.containsKey(id)) {
            return true;
        }
        if (liveLegs.incrementAndGet() > policy.legsMax()) {
            liveLegs.decrementAndGet();
            return false;
        }
        receivedMs.put(id, nowMs);
        return true;
    }

    void received(LegId id, boolean holds, long nowMs) {
        receivedMs.put(id, nowMs);
        holds(id, holds);
    }

    void holds(LegId id, boolean holds) {
        if (holds) {
            holding.add(id);
        } else {
            holding.remove(id);
        }
    }

    /** Legs that hold chunks because audio before them is missing. */
    List<LegId> holding() {
        return holding.isEmpty() ? List.of() : List.copyOf(holding);
    }

    /** Legs that have been idle for too long; to be called by wall-clock time, about every second. */
    List<LegId> idle(long nowMs) {
        if (nowMs - lastTickMs > PAUSE_MS) {
            runningSinceMs = nowMs;
        }
        lastTickMs = nowMs;
        long before = nowMs - policy.idleMs();
        if (runningSinceMs > before) {
            return List.of();
        }
        return receivedMs.entrySet().stream()
                .filter(entry -> entry.getValue() <= before)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(LegId::toString))
                .toList();
    }

    void ended(LegId id, long nowMs) {
        forget(id);
        ended.add(id);
        ends.add(new End(id, nowMs));
    }

    /** Removes a live leg. */
    void forget(LegId id) {
        if (receivedMs.remove(id) != null) {
            liveLegs.decrementAndGet();
        }
        holding.remove(id);
    }

    /**
     * Ended legs to forget, oldest first: their retention is over, or there are more than ten times the limit of live legs.
     */
    List<LegId> forgottenEnds(long nowMs) {
        if (!endsSorted) {
            List<End> byTime = new ArrayList<>(ends);
            byTime.sort(Comparator.comparingLong(End::atMs));
            ends.clear();
            ends.addAll(byTime);
            endsSorted = true;
        }
        List<LegId> forgotten = new ArrayList<>();
        while (!ends.isEmpty()
                && (ends.element().atMs + policy.endedRetentionMs() <= nowMs
                        || ended.size() > 10L * policy.legsMax())) {
            LegId id = ends.remove().id;
            ended.remove(id);
            forgotten.add(id);
        }
        return forgotten;
    }

    /** Subtracts this watch's legs from the process' count. */
    @Override
    public void close() {
        liveLegs.addAndGet(-receivedMs.size());
        receivedMs.clear();
    }
}
