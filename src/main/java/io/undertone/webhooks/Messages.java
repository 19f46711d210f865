package io.undertone.webhooks;

import io.undertone.CallConversation;
import io.undertone.CallSummary;
import io.undertone.DeadLetterReason;
import io.undertone.EmotionAlert;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.RecordFormat;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.UndertoneConfig;
import io.undertone.config.WebhookKind;
import io.undertone.publish.RecordJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Converts records to messages: {@code {"type": "call.alert", "timestamp": "2026-11-28T09:30:00.123Z", "data": {...}}}, the data as
 * printed by {@code watch --json}. Not thread-safe.
 */
final class Messages {
    private static final int ID_BYTES = 16;

    private final UndertoneConfig config;
    private final AvroCodec<EmotionAlert> alerts;
    private final AvroCodec<CallSummary> summaries;
    private final AvroCodec<CallConversation> conversations;

    Messages(UndertoneConfig config, RecordFormat format) {
        this.config = config;
        this.alerts = format.codec(EmotionAlert.class, config.emotionAlertsTopic());
        this.summaries = format.codec(CallSummary.class, config.callSummariesTopic());
        this.conversations = format.codec(CallConversation.class, config.callConversationsTopic());
    }

    /** The topics of some kinds. */
    static List<String> topics(UndertoneConfig config, Set<WebhookKind> kinds) {
        return kinds.stream().map(kind -> topic(config, kind)).sorted().toList();
    }

    private static String topic(UndertoneConfig config, WebhookKind kind) {
        return switch (kind) {
            case ALERTS -> config.emotionAlertsTopic();
            case SUMMARIES -> config.callSummariesTopic();
            case CONVERSATIONS -> config.callConversationsTopic();
        };
    }

    /**
     * The message of a record.
     *
     * @throws UnreadableRecordException where it is not of its topic's type
     */
    Message of(String topic, byte @Nullable [] value) throws UnreadableRecordException {
        if (topic.equals(config.emotionAlertsTopic())) {
            EmotionAlert alert = alerts.decode(value);
            return message(
                    "call.alert",
                    alert.getCallId(),
                    alert,
                    alert.getProducedAt(),
                    alert.getAlertId(),
                    alert.getCapturedAt());
        }
        if (topic.equals(config.callSummariesTopic())) {
            CallSummary summary = summaries.decode(value);
            return message(
                    "call.summary",
                    summary.getCallId(),
                    summary,
                    summary.getProducedAt(),
                    summary.getCallId() + "/" + summary.getRole(),
                    summary.getStartedAt());
        }
        if (topic.equals(config.callConversationsTopic())) {
            CallConversation conversation = conversations.decode(value);
            return message(
                    "call.conversation",
                    conversation.getCallId(),
                    conversation,
                    conversation.getProducedAt(),
                    conversation.getCallId(),
                    conversation.getStartedAt());
        }
        throw new UnreadableRecordException(
                DeadLetterReason.UNKNOWN_SCHEMA, "topic must be one that is posted: topic=" + topic);
    }

    /**
     * @param name identifies the record within its type, together with the moment, since call ids may be reused
     */
    private static Message message(
            String type, String callId, IndexedRecord record, Instant producedAt, String name, Instant moment) {
        String body = "{\"type\":\"" + type + "\",\"timestamp\":\"" + producedAt + "\",\"data\":"
                + RecordJson.line(record) + "}";
        return new Message(
                id(type + "\n" + name + "\n" + moment.toEpochMilli()), callId, body, producedAt.toEpochMilli());
    }

    /** Hashes any text to an id that is valid in a header, without full stops. */
    private static String id(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "msg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
