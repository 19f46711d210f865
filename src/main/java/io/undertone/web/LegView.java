package io.undertone.web;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.ingest.LegId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A leg at one moment. Immutable.
 *
 * @param key its call and role
 * @param number distinguishes it from another leg of the same call id and role
 * @param startedAtMs when its first sample was spoken, epoch ms
 * @param heardAtMs when its newest record was created, epoch ms
 * @param durationMs its known length: the end of its last labelled window, or the duration in its summary
 * @param runMs length of the current run of one label, from the start of its first window to the end of its last
 * @param last its newest window
 * @param windows the requested ones, oldest first
 * @param summary once it has ended
 * @param alerts its newest, oldest first
 * @param conversation of its call, once that has ended and if measured
 * @param attributes of its call
 */
record LegView(
        LegId key,
        long number,
        long startedAtMs,
        long heardAtMs,
        long durationMs,
        long runMs,
        @Nullable SeenWindow last,
        List<SeenWindow> windows,
        @Nullable CallSummary summary,
        List<EmotionAlert> alerts,
        @Nullable CallConversation conversation,
        Map<String, String> attributes) {
    LegView {
        windows = List.copyOf(windows);
        alerts = List.copyOf(alerts);
    }

    boolean ended() {
        return summary != null;
    }
}
