package io.undertone.topology;

import io.undertone.Role;
import io.undertone.ingest.CallAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which calls of a task are live, which of their legs are still active, and which calls are over. A call is over when each leg has
 * ended by its last chunk or by the idle time, as in {@link LegWatch}, and no leg has received anything for 5 s, since another leg may be
 * about to start. Not thread-safe.
 */
final class ConversationWatch {
    /** How long a call waits for another leg after its legs have ended. */
    static final long SETTLE_MS = 5_000;

    /** After this long without a punctuation, the task is assumed to have been paused. */
    private static final long PAUSE_MS = 5_000;

    /** Audio further than this from the call's comes from a wrong clock. */
    private static final long MAX_APART_SLOTS = 36_000;

    /** A chunk that starts this long after its leg's end is not late, but from another source with the same role. */
    private static final long NEXT_LEG_SLOTS = 10;

    private record End(String callId, long atMs) {}

    /** A live call. */
    static final class Call {
        private final Map<Role, Long> receivedMs = new EnumMap<>(Role.class);
        /** By role whose last chunk has arrived: the slot after that chunk. */
        private final Map<Role, Long> endSlots = new EnumMap<>(Role.class);

        private long firstSlot;
        private long endSlot;
        private long lastReceivedMs;
        private CallAttributes attributes = CallAttributes.NONE;

        Set<Role> ended() {
            return endSlots.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(endSlots.keySet());
        }

        CallAttributes attributes() {
            return attributes;
        }

        /** Takes the call's attributes from a chunk of any leg, unless already set; returns whether it did. */
        boolean attributed(CallAttributes said) {
            boolean news = attributes.isEmpty() && !said.isEmpty();
            attributes = news ? said : attributes;
            return news;
        }

        private boolean isOver(long idleBefore) {
            return receivedMs.entrySet().stream()
                    .allMatch(leg -> endSlots.containsKey(leg.getKey()) || leg.getValue() <= idleBefore);
        }

        /** Whether the last chunk of every leg has arrived. */
        boolean endedInOrder() {
            return endSlots.keySet().containsAll(receivedMs.keySet());
        }
    }

    private final LegPolicy policy;
    private final Map<String, Call> calls = new HashMap<>();
    private final ArrayDeque<End> ends = new ArrayDeque<>();
    private final Set<String> over = new HashSet<>();
    private long runningSinceMs;
    private long lastTickMs;

    ConversationWatch(LegPolicy policy, Collection<ConversationStates.Found> found, long nowMs) {
        this.policy = policy;
        this.runningSinceMs = nowMs;
        this.lastTickMs = nowMs;
        found.stream()
                .filter(call -> call.closedAtMs() != ConversationStates.NOT_ENDED)
                .sorted(Comparator.comparingLong(ConversationStates.Found::closedAtMs))
                .forEach(call -> ended(call.callId(), call.closedAtMs()));
        found.stream()
                .filter(call -> call.closedAtMs() == ConversationStates.NOT_ENDED)
                .forEach(call -> calls.put(call.callId(), restored(call, nowMs)));
    }

    private static Call restored(ConversationStates.Found found, long nowMs) {
        Call call = new Call();
        found.endSlots().keySet().forEach(role -> call.receivedMs.put(role, nowMs));
        found.ended().forEach(role -> {
            call.receivedMs.put(role, nowMs);
            call.endSlots.put(role, found.endSlots().getOrDefault(role, 0L));
        });
        call.firstSlot = found.firstSlot();
        call.endSlot = found.endSlots().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(call.firstSlot);
        call.lastReceivedMs = nowMs;
        call.attributes = found.attributes();
        return call;
    }

    /** Accepts a stretch of a leg's audio, which may start a call.
     *
     * @param slots number of slots; 0 for a chunk without audio
     * @return the call; null if the stretch is refused: the call is over, the limit of calls is reached, or its time is wrong
     */
    @Nullable
    Call received(String callId, Role role, long firstSlot, int slots, boolean last, long nowMs) {
        Call call = calls.get(callId);
        if (call == null) {
            if (over.contains(callId) || calls.size() >= policy.legsMax() || slots == 0) {
                return null;
            }
            call = new Call();
            call.firstSlot = firstSlot;
            call.endSlot = firstSlot;
            calls.put(callId, call);
        }
        if (firstSlot < call.firstSlot - MAX_APART_SLOTS || firstSlot > call.endSlot + MAX_APART_SLOTS) {
            return null;
        }
        call.receivedMs.put(role, nowMs);
        call.lastReceivedMs = nowMs;
        if (slots > 0) {
            call.firstSlot = Math.min(call.firstSlot, firstSlot);
            call.endSlot = Math.max(call.endSlot, firstSlot + slots);
        }
        Long endSlot = call.endSlots.get(role);
        if (last) {
            call.endSlots.put(role, firstSlot + slots);
        } else if (endSlot != null && firstSlot >= endSlot + NEXT_LEG_SLOTS) {
            call.endSlots.remove(role);
        }
        return call;
    }

    /** The roles of a live call whose last chunk has arrived. */
    Set<Role> endedOf(String callId) {
        Call call = calls.get(callId);
        return call == null ? EnumSet.noneOf(Role.class) : call.ended();
    }

    /** Calls that are over; to be called by wall-clock time, about every second. */
    List<String> over(long nowMs) {
        if (nowMs - lastTickMs > PAUSE_MS) {
            runningSinceMs = nowMs;
        }
        lastTickMs = nowMs;
        long before = nowMs - policy.idleMs();
        long idleBefore = runningSinceMs > before ? Long.MIN_VALUE : before;
        return calls.entrySet().stream()
                .filter(call -> Math.max(call.getValue().lastReceivedMs, runningSinceMs) + SETTLE_MS <= nowMs)
                .filter(call -> call.getValue().isOver(idleBefore))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Removes a call and returns its attributes. */
    Call close(String callId, long nowMs) {
        Call call = calls.remove(callId);
        if (call == null) {
            throw new IllegalStateException("only a live call can be closed");
        }
        ended(callId, nowMs);
        return call;
    }

    private void ended(String callId, long atMs) {
        over.add(callId);
        ends.add(new End(callId, atMs));
    }

    /** Ended calls to forget: their retention is over, or there are more than ten times the limit of live calls. */
    List<String> forgotten(long nowMs) {
        List<String> forgotten = new ArrayList<>();
        while (!ends.isEmpty()
                && (ends.element().atMs + policy.endedRetentionMs() <= nowMs || over.size() > 10L * policy.legsMax())) {
            String callId = ends.remove().callId;
            over.remove(callId);
            forgotten.add(callId);
        }
        return forgotten;
    }
}
