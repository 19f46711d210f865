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
 * Which calls of a task are on, which of their legs are still heard, and which are over. A call is over when of each leg the last chunk came or
 * none for the idle time, as a {@link LegWatch} has it, and nothing came of any for 5 s: its other leg may be about to begin. Not thread-safe.
 */
final class ConversationWatch {
    /** How long a call waits for another leg once those it has are over. */
    static final long SETTLE_MS = 5_000;

    /** Without a call of the clock for this long, the task was not listening. */
    private static final long PAUSE_MS = 5_000;

    /** Audio that is said to be further from the call than this is of a clock that is wrong. */
    private static final long MAX_APART_SLOTS = 36_000;

    /** A chunk that begins so long after its leg's end is of another source that takes the leg's role, and not late. */
    private static final long NEXT_LEG_SLOTS = 10;

    private record End(String callId, long atMs) {}

    /** A call that is on. */
    static final class Call {
        private final Map<Role, Long> heardMs = new EnumMap<>(Role.class);
        /** By role whose last chunk came: the slot behind it. */
        private final Map<Role, Long> endSlots = new EnumMap<>(Role.class);

        private long firstSlot;
        private long endSlot;
        private long lastHeardMs;
        private CallAttributes attributes = CallAttributes.NONE;

        Set<Role> ended() {
            return endSlots.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(endSlots.keySet());
        }

        /** What is known of it besides its audio. */
        CallAttributes attributes() {
            return attributes;
        }

        /** Takes what a chunk of any leg says of it, unless an earlier one said something; whether it was taken. */
        boolean attributed(CallAttributes said) {
            boolean news = attributes.isEmpty() && !said.isEmpty();
            attributes = news ? said : attributes;
            return news;
        }

        private boolean isOver(long idleBefore) {
            return heardMs.entrySet().stream()
                    .allMatch(leg -> endSlots.containsKey(leg.getKey()) || leg.getValue() <= idleBefore);
        }

        /** Whether the last chunk of every leg came. */
        boolean endedInOrder() {
            return endSlots.keySet().containsAll(heardMs.keySet());
        }
    }

    private final LegPolicy policy;
    private final Map<String, Call> calls = new HashMap<>();
    private final ArrayDeque<End> ends = new ArrayDeque<>();
    private final Set<String> over = new HashSet<>();
    private long listeningSinceMs;
    private long lastTickMs;

    ConversationWatch(LegPolicy policy, Collection<ConversationStates.Found> found, long nowMs) {
        this.policy = policy;
        this.listeningSinceMs = nowMs;
        this.lastTickMs = nowMs;
        found.stream()
                .filter(call -> call.closedAtMs() != ConversationStates.GOES_ON)
                .sorted(Comparator.comparingLong(ConversationStates.Found::closedAtMs))
                .forEach(call -> ended(call.callId(), call.closedAtMs()));
        found.stream()
                .filter(call -> call.closedAtMs() == ConversationStates.GOES_ON)
                .forEach(call -> calls.put(call.callId(), restored(call, nowMs)));
    }

    private static Call restored(ConversationStates.Found found, long nowMs) {
        Call call = new Call();
        found.heard().keySet().forEach(role -> call.heardMs.put(role, nowMs));
        found.ended().forEach(role -> {
            call.heardMs.put(role, nowMs);
            call.endSlots.put(role, found.heard().getOrDefault(role, 0L));
        });
        call.firstSlot = found.firstSlot();
        call.endSlot =
                found.heard().values().stream().mapToLong(Long::longValue).max().orElse(call.firstSlot);
        call.lastHeardMs = nowMs;
        call.attributes = found.attributes();
        return call;
    }

    /**
     * Takes a stretch of a leg, the beginning of a call perhaps.
     *
     * @param slots how many; 0 of a chunk without audio
     * @return the call; null where the stretch is not to be taken: the call is over, it would be one too many, or its time is wrong
     */
    @Nullable
    Call heard(String callId, Role role, long firstSlot, int slots, boolean last, long nowMs) {
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
        call.heardMs.put(role, nowMs);
        call.lastHeardMs = nowMs;
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

    /** The roles of a call that is on whose last chunk came. */
    Set<Role> endedOf(String callId) {
        Call call = calls.get(callId);
        return call == null ? EnumSet.noneOf(Role.class) : call.ended();
    }

    /** Calls that are over; to be called by the clock, every second or so. */
    List<String> over(long nowMs) {
        if (nowMs - lastTickMs > PAUSE_MS) {
            listeningSinceMs = nowMs;
        }
        lastTickMs = nowMs;
        long before = nowMs - policy.idleMs();
        long idleBefore = listeningSinceMs > before ? Long.MIN_VALUE : before;
        return calls.entrySet().stream()
                .filter(call -> Math.max(call.getValue().lastHeardMs, listeningSinceMs) + SETTLE_MS <= nowMs)
                .filter(call -> call.getValue().isOver(idleBefore))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Lets go of a call; gives what was known of it. */
    Call close(String callId, long nowMs) {
        Call call = calls.remove(callId);
        if (call == null) {
            throw new IllegalStateException("a call must be on to end");
        }
        ended(callId, nowMs);
        return call;
    }

    private void ended(String callId, long atMs) {
        over.add(callId);
        ends.add(new End(callId, atMs));
    }

    /** Calls that need not be remembered any more: their time is over, or there are more of them than ten times the live ones there may be. */
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
