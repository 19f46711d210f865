package io.undertone.web;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.ingest.LegId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored state of one leg. Not thread-safe: {@link LiveCalls} locks. */
final class SeenLeg {
    /** Maximum alerts stored for a leg, the newest. */
    static final int ALERTS_MAX = 20;

    /** A longer time without a labelled window ends a run of one label. */
    static final long RUN_PAUSE_MAX_MS = 10_000;

    /** An event up to this long after its leg's end still belongs to the leg, since clocks and chunks are not exact. */
    static final long END_TOLERANCE_MS = 5_000;

    final LegId key;

    /** Tells this leg from another of the same call id and role. */
    final long number;

    private final Deque<SeenWindow> windows = new ArrayDeque<>();
    private final Deque<EmotionAlert> alerts = new ArrayDeque<>();
    private @Nullable CallSummary summary;
    private @Nullable CallConversation conversation;
    private Map<String, String> attributes = Map.of();
    private long startedAtMs;
    private long heardAtMs;
    private long version;
    private String runLabel = "";
    private long runStartMs;

    SeenLeg(LegId key, long number) {
        this.key = key;
        this.number = number;
    }

    /**
     * How an event relates to this leg: {@link Fit#NEXT} if it follows the last window, {@link Fit#SEEN} if it is a duplicate or older than
     * the stored windows, {@link Fit#OTHER} if a new leg uses the same call id.
     */
    Fit fit(EmotionEvent event) {
        long capturedAtMs = event.getCapturedAt().toEpochMilli();
        if (summary != null && capturedAtMs > endedAtMs(summary) + END_TOLERANCE_MS) {
            return Fit.OTHER;
        }
        SeenWindow last = windows.peekLast();
        if (last == null || event.getIndex() > last.index) {
            return Fit.NEXT;
        }
        return capturedAtMs > last.capturedAtMs ? Fit.OTHER : Fit.SEEN;
    }

    /** Whether a summary belongs to this leg, not to an earlier or later one with the same call id. */
    boolean isOf(CallSummary candidate) {
        SeenWindow first = windows.peekFirst();
        SeenWindow last = windows.peekLast();
        if (first == null || last == null) {
            return summary == null || summary.getStartedAt().equals(candidate.getStartedAt());
        }
        return first.capturedAtMs <= endedAtMs(candidate) + END_TOLERANCE_MS
                && last.capturedAtMs >= candidate.getStartedAt().toEpochMilli();
    }

    private static long endedAtMs(CallSummary summary) {
        return summary.getStartedAt().toEpochMilli() + summary.getDurationMs();
    }

    void add(SeenWindow window, long producedAtMs) {
        SeenWindow last = windows.peekLast();
        boolean goesOn =
                last != null && runLabel.equals(window.label) && window.startMs - last.endMs <= RUN_PAUSE_MAX_MS;
        if (!goesOn) {
            runLabel = window.label;
            runStartMs = window.startMs;
        }
        windows.addLast(window);
        if (summary == null) {
            startedAtMs = window.legStartedAtMs();
        }
        heardAtMs = Math.max(heardAtMs, producedAtMs);
        version = window.version;
    }

    /** Takes the call's attributes from a record, if it has any. */
    void know(Map<String, String> said) {
        attributes = said.isEmpty() ? attributes : said;
    }

    void end(CallSummary how, long atVersion) {
        know(how.getAttributes());
        summary = how;
        startedAtMs = how.getStartedAt().toEpochMilli();
        heardAtMs = Math.max(heardAtMs, how.getProducedAt().toEpochMilli());
        version = atVersion;
    }

    /** Takes an alert of this leg; false if it belongs to another leg with the same call id, or is a duplicate. */
    boolean add(EmotionAlert alert, long atVersion) {
        SeenWindow last = windows.peekLast();
        long capturedAtMs = alert.getCapturedAt().toEpochMilli();
        boolean mine = last != null
                && capturedAtMs >= startedAtMs
                && (summary == null || capturedAtMs <= endedAtMs(summary) + END_TOLERANCE_MS);
        if (!mine || alerts.stream().anyMatch(known -> known.getAlertId().equals(alert.getAlertId()))) {
            return false;
        }
        alerts.addLast(alert);
        if (alerts.size() > ALERTS_MAX) {
            alerts.removeFirst();
        }
        version = atVersion;
        return true;
    }

    /** Takes its call's conversation; false if it belongs to another call with the same id, or is a duplicate. */
    boolean add(CallConversation talk, long atVersion) {
        long endMs = talk.getStartedAt().toEpochMilli() + talk.getDurationMs();
        if (startedAtMs > endMs
                || heardAtMs < talk.getStartedAt().toEpochMilli()
                || (conversation != null && conversation.getStartedAt().equals(talk.getStartedAt()))) {
            return false;
        }
        conversation = talk;
        version = atVersion;
        return true;
    }

    boolean ended() {
        return summary != null;
    }

    long heardAtMs() {
        return heardAtMs;
    }

    long version() {
        return version;
    }

    int size() {
        return windows.size();
    }

    /** The version that added its oldest stored window; {@code Long.MAX_VALUE} if there is none. */
    long oldestVersion() {
        SeenWindow oldest = windows.peekFirst();
        return oldest == null ? Long.MAX_VALUE : oldest.version;
    }

    /** Removes its oldest window; false if it has none. */
    boolean forgetOldest() {
        return windows.pollFirst() != null;
    }

    List<SeenWindow> windows() {
        return new ArrayList<>(windows);
    }

    /** Its current state with the windows after a version, limited to the newest. */
    LegView view(long afterVersion, int maxWindows) {
        List<SeenWindow> newest = new ArrayList<>();
        Iterator<SeenWindow> backwards = windows.descendingIterator();
        while (backwards.hasNext() && newest.size() < maxWindows) {
            SeenWindow window = backwards.next();
            if (window.version <= afterVersion) {
                break;
            }
            newest.add(window);
        }
        Collections.reverse(newest);
        SeenWindow last = windows.peekLast();
        long runMs = last == null ? 0 : last.endMs - runStartMs;
        long durationMs = summary != null ? summary.getDurationMs() : last == null ? 0 : last.endMs;
        return new LegView(
                key,
                number,
                startedAtMs,
                heardAtMs,
                durationMs,
                runMs,
                last,
                newest,
                summary,
                List.copyOf(alerts),
                conversation,
                attributes);
    }

    /** How an event relates to a leg. */
    enum Fit {
        NEXT,
        SEEN,
        OTHER
    }
}
