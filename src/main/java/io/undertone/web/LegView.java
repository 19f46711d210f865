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
 * @param number tells it from another leg of the same call id and role
 * @param startedAtMs when its first sample was spoken, epoch ms
 * @param heardAtMs when its newest record was made, epoch ms
 * @param durationMs how long it is, as far as is known: the end of its last labelled window, or what its summary says
 * @param runMs for how long its last label has stood, from the start of the first window of the run to the end of the last
 * @param last its newest window
 * @param windows those asked for, oldest first
 * @param summary once it has ended
 * @param alerts its newest, oldest first
 * @param conversation how its call was talked, once that has ended and where it is measured
 * @param attributes what is known of its call besides
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
