package io.undertone.web;

import io.undertone.CallConversation;
import io.undertone.EmotionAlert;
import io.undertone.ingest.LegId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Alerts and conversations that were read before the first event of their leg, as happens at start, when topics are read one after the
 * other. A limited number, the newest, is kept until then. Not thread-safe: {@link LiveCalls} locks.
 */
final class EarlyRecords {
    static final int MAX = 1_000;

    private final Map<LegId, List<EmotionAlert>> alerts = new LinkedHashMap<>();
    private final Map<String, CallConversation> conversations = new LinkedHashMap<>();

    void add(LegId leg, EmotionAlert alert) {
        List<EmotionAlert> ofLeg = alerts.computeIfAbsent(leg, key -> new ArrayList<>());
        if (ofLeg.size() < SeenLeg.ALERTS_MAX) {
            ofLeg.add(alert);
        }
        bound(alerts);
    }

    void add(CallConversation conversation) {
        conversations.put(conversation.getCallId(), conversation);
        bound(conversations);
    }

    /** Hands the early records of a leg to it after its first window. */
    void handOver(SeenLeg leg, long version) {
        for (EmotionAlert alert : alerts.getOrDefault(leg.key, List.of())) {
            leg.add(alert, version);
        }
        // The conversation stays, since the call may have another leg.
        CallConversation conversation = conversations.get(leg.key.callId());
        if (conversation != null) {
            leg.add(conversation, version);
        }
        alerts.remove(leg.key);
    }

    private static <K, V> void bound(Map<K, V> records) {
        if (records.size() > MAX) {
            records.remove(records.keySet().iterator().next());
        }
    }
}
