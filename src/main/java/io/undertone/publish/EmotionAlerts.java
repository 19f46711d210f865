package io.undertone.publish;

import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.Moment;
import io.undertone.affect.Affect;
import io.undertone.alert.Alert;
import io.undertone.alert.JudgedWindow;
import io.undertone.alert.Mood;
import java.time.Instant;

/** Events as rules see them, and alerts as records of the topic {@code emotion-alerts}. */
public final class EmotionAlerts {
    private EmotionAlerts() {}

    /** An event's window, for the rules. */
    public static JudgedWindow window(EmotionEvent event) {
        Affect affect = EmotionEvents.affect(event);
        return new JudgedWindow(
                event.getIndex(),
                event.getStartMs(),
                event.getEndMs(),
                event.getCapturedAt().toEpochMilli(),
                event.getLabel(),
                event.getConfidence(),
                Mood.of(event.getProbabilities()),
                affect.sentiment(),
                affect.valence());
    }

    /**
     * The record of an alert.
     *
     * @param event of the last of its windows
     * @param producedAtMs when, epoch ms
     */
    public static EmotionAlert of(Alert alert, EmotionEvent event, long producedAtMs) {
        String leg = event.getCallId() + "/" + event.getRole();
        return EmotionAlert.newBuilder()
                .setAlertId(leg + "/" + alert.rule().name() + "/" + event.getIndex())
                .setCallId(event.getCallId())
                .setRole(event.getRole())
                .setRule(alert.rule().name())
                .setCondition(alert.rule().condition())
                .setMeasured(alert.measured())
                .setStartMs(alert.windows().get(0).startMs())
                .setEndMs(alert.last().endMs())
                .setCapturedAt(Instant.ofEpochMilli(alert.last().capturedAtMs()))
                .setWindows(alert.windows().stream()
                        .map(window -> new Moment(
                                window.index(), window.startMs(), window.endMs(), window.label(), window.confidence()))
                        .toList())
                .setModel(event.getModel())
                .setAttributes(event.getAttributes())
                .setProducedAt(Instant.ofEpochMilli(producedAtMs))
                .build();
    }
}
