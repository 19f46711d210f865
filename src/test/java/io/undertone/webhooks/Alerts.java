package io.undertone.webhooks;

import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EndReason;
import io.undertone.Model;
import io.undertone.Moment;
import io.undertone.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts and summaries of made-up calls. */
public final class Alerts {
    static final Instant STARTED_AT = Instant.parse("2026-11-28T09:00:00Z");

    private Alerts() {}

    /** The alert that ends at a window of a call. */
    public static EmotionAlert alert(String callId, int index, Instant producedAt) {
        return EmotionAlert.newBuilder()
                .setAlertId(callId + "/CUSTOMER/angry/" + index)
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setRule("angry")
                .setCondition("angry at >= 0.6 for 5 of 8 windows")
                .setMeasured(5)
                .setStartMs(index * 1_000L)
                .setEndMs(index * 1_000L + 3_000)
                .setCapturedAt(STARTED_AT.plusSeconds(index + 3))
                .setWindows(List.of(new Moment(index, index * 1_000L, index * 1_000L + 3_000, "angry", 0.75)))
                .setModel(new Model("telephone", "2.0.0"))
                .setProducedAt(producedAt)
                .build();
    }

    static CallSummary summary(String callId, Instant producedAt) {
        return CallSummary.newBuilder()
                .setCallId(callId)
                .setRole(Role.CUSTOMER)
                .setStartedAt(STARTED_AT)
                .setDurationMs(60_000)
                .setSpeechMs(30_000)
                .setWindows(40)
                .setSilentWindows(18)
                .setShares(Map.of("calm", 1.0))
                .setStrongest(List.of())
                .setGaps(0)
                .setGapMs(0)
                .setEndReason(EndReason.LAST_CHUNK)
                .setModel(new Model("telephone", "2.0.0"))
                .setProducedAt(producedAt)
                .build();
    }
}
