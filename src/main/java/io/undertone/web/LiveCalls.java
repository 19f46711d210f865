package io.undertone.web;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.ingest.LegId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Live and recently ended calls from the public topics, within bounded memory.
 *
 * <p>Every record that changes something makes a new version, counted from 0. A page that knows version 17 asks for what came
 * after 17; a page that asks rarely gets more at once, so that nothing queues for a slow page. Thread-safe.
 */
final class LiveCalls {
    /** Maximum number of removed legs to remember; a page that is further behind gets the complete state. */
    private static final int REMOVED_MAX = 10_000;

    private final Limits limits;
    private final LongSupplier clockMs;
    /** Least recently updated first. */
    private final Map<LegId, SeenLeg> legs = new LinkedHashMap<>();
    /** One entry per stored window, in order of arrival, and some for windows already removed. */
    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    private final EarlyRecords early = new EarlyRecords();
    private int windowsKept;
    private final Deque<Changes.Removed> removed = new ArrayDeque<>();
    private long removalsKnownAfter;
    private long version;
    private long legsSeen;
    private long liveForgotten;

    /**
     * Creates an empty state.
     *
     * @param clockMs the time, epoch ms
     */
    LiveCalls(Limits limits, LongSupplier clockMs) {
        this.limits = limits;
        this.clockMs = clockMs;
    }

    /** Takes an event; a duplicate changes nothing. */
    synchronized void add(EmotionEvent event) {
        LegId key = new LegId(event.getCallId(), event.getRole());
        SeenLeg leg = legs.get(key);
        if (leg != null) {
            SeenLeg.Fit fit = leg.fit(event);
            if (fit == SeenLeg.Fit.SEEN) {
                return;
            }
            if (fit == SeenLeg.Fit.OTHER) {
                remove(leg);
                leg = null;
            }
        }
        if (leg == null) {
            leg = begin(key);
        }
        boolean first = leg.size() == 0;
        leg.know(event.getAttributes());
        leg.add(SeenWindow.of(++version, event), event.getProducedAt().toEpochMilli());
        if (first) {
            early.handOver(leg, version);
        }
        arrivals.addLast(new Arrival(leg, version));
        windowsKept++;
        heard(leg);
        if (leg.size() > limits.windowsPerLeg()) {
            leg.forgetOldest();
            windowsKept--;
        }
        trimWindows();
    }

    /** Takes a summary: its leg has ended. */
    synchronized void add(CallSummary summary) {
        LegId key = new LegId(summary.getCallId(), summary.getRole());
        SeenLeg leg = legs.get(key);
        if (leg != null && !leg.isOf(summary)) {
            if (leg.heardAtMs() > summary.getProducedAt().toEpochMilli()) {
                return;
            }
            remove(leg);
            leg = null;
        }
        if (leg == null) {
            leg = begin(key);
        }
        leg.end(summary, ++version);
        heard(leg);
    }

    /** Takes an alert of a leg; one that arrives before the leg's first event waits for it. */
    synchronized void add(EmotionAlert alert) {
        LegId key = new LegId(alert.getCallId(), alert.getRole());
        SeenLeg leg = legs.get(key);
        if (leg == null || leg.size() == 0) {
            early.add(key, alert);
        } else if (leg.add(alert, version + 1)) {
            version++;
        }
    }

    /** Takes a call's conversation and adds it to all its legs. */
    synchronized void add(CallConversation conversation) {
        boolean told = false;
        for (Role role : Role.values()) {
            SeenLeg leg = legs.get(new LegId(conversation.getCallId(), role));
            if (leg != null) {
                told = true;
                if (leg.add(conversation, version + 1)) {
                    version++;
                }
            }
        }
        if (!told) {
            early.add(conversation);
        }
    }

    private SeenLeg begin(LegId key) {
        SeenLeg leg = new SeenLeg(key, ++legsSeen);
        legs.put(key, leg);
        if (legs.size() > limits.legs()) {
            SeenLeg given = legs.values().stream()
                    .filter(SeenLeg::ended)
                    .findFirst()
                    .orElseGet(() -> legs.values().iterator().next());
            if (!given.ended()) {
                liveForgotten++;
            }
            remove(given);
        }
        return leg;
    }

    /** Moves a leg to the end of the order of updates. */
    private void heard(SeenLeg leg) {
        legs.remove(leg.key);
        legs.put(leg.key, leg);
    }

    private void remove(SeenLeg leg) {
        legs.remove(leg.key);
        while (leg.forgetOldest()) {
            windowsKept--;
        }
        removed.addLast(new Changes.Removed(++version, leg.number));
        if (removed.size() > REMOVED_MAX) {
            removalsKnownAfter = removed.removeFirst().version();
        }
    }

    /** Removes the oldest windows of all legs beyond the limit. */
    private void trimWindows() {
        while (windowsKept > limits.windows()) {
            Arrival oldest = arrivals.removeFirst();
            if (!oldest.isSpent()) {
                oldest.leg().forgetOldest();
                windowsKept--;
            }
        }
        if (arrivals.size() > 2 * limits.windows()) {
            arrivals.removeIf(Arrival::isSpent);
        }
    }

    /** Removes legs that ended some time ago, and those without records for a long time. */
    synchronized void prune() {
        long now = clockMs.getAsLong();
        List<SeenLeg> old = new ArrayList<>();
        for (SeenLeg leg : legs.values()) {
            if (now - leg.heardAtMs() > (leg.ended() ? limits.endedMs() : limits.silentMs())) {
                old.add(leg);
            }
        }
        old.forEach(this::remove);
    }

    /** The newest version. */
    synchronized long version() {
        return version;
    }

    /** Live legs. */
    synchronized int live() {
        return (int) legs.values().stream().filter(leg -> !leg.ended()).count();
    }

    /** The number of live legs that were removed because of the limit. */
    synchronized long liveForgotten() {
        return liveForgotten;
    }

    /** The number of stored windows. */
    synchronized int windowsKept() {
        return windowsKept;
    }

    /**
     * The changes after a version.
     *
     * @param known the page's version; an unknown one, such as -1, gets everything
     * @param windowsPerLeg maximum windows of each leg, the newest
     */
    synchronized Changes changesSince(long known, int windowsPerLeg) {
        boolean whole = known < removalsKnownAfter || known < 0 || known > version;
        long after = whole ? -1 : known;
        List<LegView> changed = new ArrayList<>();
        for (SeenLeg leg : legs.values()) {
            if (leg.version() > after) {
                changed.add(leg.view(after, windowsPerLeg));
            }
        }
        List<Changes.Removed> gone = whole
                ? List.of()
                : removed.stream().filter(leg -> leg.version() > after).toList();
        return new Changes(whole, version, clockMs.getAsLong(), changed, gone);
    }

    /** The legs that match a filter, without windows; live ones first, then by their newest record. */
    synchronized List<LegView> legs(CallFilter filter) {
        return legs.values().stream()
                .map(leg -> leg.view(Long.MAX_VALUE, 0))
                .filter(filter::lets)
                .sorted(Comparator.comparing(LegView::ended)
                        .thenComparing(
                                Comparator.comparingLong(LegView::heardAtMs).reversed()))
                .toList();
    }

    /** The legs of a call with all stored windows; empty if the call is unknown. */
    synchronized List<LegView> call(String callId) {
        return Arrays.stream(Role.values())
                .map(role -> legs.get(new LegId(callId, role)))
                .filter(Objects::nonNull)
                .map(leg -> leg.view(-1, Integer.MAX_VALUE))
                .toList();
    }

    /** The stored windows of a leg, oldest first; empty if it is unknown. */
    synchronized List<SeenWindow> windows(LegId key) {
        SeenLeg leg = legs.get(key);
        return leg == null ? List.of() : leg.windows();
    }

    /**
     * A window as received.
     *
     * @param leg whose
     * @param version identifies the window
     */
    private record Arrival(SeenLeg leg, long version) {
        /** Whether its leg has removed it. Legs and the queue of arrivals both remove the oldest first. */
        boolean isSpent() {
            return leg.oldestVersion() > version;
        }
    }

    /**
     * Limits of stored data. A window takes about half a kilobyte.
     *
     * @param legs maximum legs, of all processes; beyond it, ended ones are removed first
     * @param windowsPerLeg maximum windows of one leg: 1,800 are half an hour of speech
     * @param windows maximum windows in total; beyond it, the oldest are removed
     * @param endedMs for how long a leg is shown after its end, in ms
     * @param silentMs for how long a leg without records is kept if it never ended, in ms
     */
    record Limits(int legs, int windowsPerLeg, int windows, long endedMs, long silentMs) {
        static final Limits DEFAULT = new Limits(20_000, 1_800, 200_000, 10 * 60_000, 60 * 60_000);

        Limits {
            if (legs < 1 || windowsPerLeg < 1 || windows < 1) {
                throw new IllegalArgumentException("limits must be >= 1: legs=" + legs + ", windowsPerLeg="
                        + windowsPerLeg + ", windows=" + windows);
            }
        }
    }
}
