package io.undertone.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.undertone.EmotionAlert;
import io.undertone.publish.RecordJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** The JSON of the HTTP interface, on one line. Names are those of the schemas if the meaning is the same. */
final class LiveJson {
    private static final JsonFactory JSON = new JsonFactory();

    private LiveJson() {}

    /** {@code {"calls": [...]}}. */
    static String calls(List<LegView> legs) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("calls");
            for (LegView leg : legs) {
                leg(json, leg, false);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code {"callId": ..., "legs": [...]}}. */
    static String call(String callId, List<LegView> legs) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("callId", callId);
            json.writeArrayFieldStart("legs");
            for (LegView leg : legs) {
                leg(json, leg, true);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code {"name": [record, ...]}}, each record as in its schema. */
    static String records(String name, List<? extends IndexedRecord> records) {
        return write(json -> {
            json.writeStartObject();
            records(json, name, records);
            json.writeEndObject();
        });
    }

    /** {@code {"callId": ..., "events": [...], "summaries": [...], "remarks": [...]}}: an uploaded recording. */
    static String recording(
            String callId,
            List<? extends IndexedRecord> events,
            List<? extends IndexedRecord> summaries,
            List<String> remarks) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("callId", callId);
            records(json, "events", events);
            records(json, "summaries", summaries);
            json.writeArrayFieldStart("remarks");
            for (String remark : remarks) {
                json.writeString(remark);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code {"available": true, "maxBytes": ..., "timeoutMs": ...}}. */
    static String classifyLimits(boolean available, long maxBytes, long timeoutMs) {
        return write(json -> {
            json.writeStartObject();
            json.writeBooleanField("available", available);
            json.writeNumberField("maxBytes", maxBytes);
            json.writeNumberField("timeoutMs", timeoutMs);
            json.writeEndObject();
        });
    }

    private static void records(JsonGenerator json, String name, List<? extends IndexedRecord> records)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (IndexedRecord record : records) {
            json.writeRawValue(RecordJson.line(record));
        }
        json.writeEndArray();
    }

    /** The changes for a page. */
    static String changes(Changes changes) {
        return write(json -> {
            json.writeStartObject();
            json.writeNumberField("now", changes.nowMs());
            json.writeArrayFieldStart("legs");
            for (LegView leg : changes.legs()) {
                leg(json, leg, true);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("removed");
            for (Changes.Removed removed : changes.removed()) {
                json.writeNumber(removed.number());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** {@code {"status": "UP", "checks": {...}}}. */
    static String health(Health health) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("status", health.up() ? "UP" : "DOWN");
            json.writeObjectFieldStart("checks");
            for (Map.Entry<String, String> check : health.checks().entrySet()) {
                json.writeStringField(check.getKey(), check.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** {@code {"status": 404, "message": ...}}. */
    static String error(int status, String message) {
        return write(json -> {
            json.writeStartObject();
            json.writeNumberField("status", status);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }

    private static void leg(JsonGenerator json, LegView leg, boolean withWindows) throws IOException {
        json.writeStartObject();
        json.writeStringField("callId", leg.key().callId());
        json.writeStringField("role", leg.key().role().name());
        json.writeNumberField("leg", leg.number());
        json.writeNumberField("startedAt", leg.startedAtMs());
        json.writeNumberField("heardAt", leg.heardAtMs());
        json.writeNumberField("durationMs", leg.durationMs());
        json.writeBooleanField("ended", leg.ended());
        if (!leg.attributes().isEmpty()) {
            attributes(json, leg.attributes());
        }
        SeenWindow last = leg.last();
        if (last != null) {
            last(json, last, leg.runMs());
        }
        if (withWindows) {
            json.writeArrayFieldStart("windows");
            for (SeenWindow window : leg.windows()) {
                window(json, window);
            }
            json.writeEndArray();
        }
        if (leg.summary() != null) {
            json.writeFieldName("summary");
            json.writeRawValue(RecordJson.line(leg.summary()));
        }
        if (!leg.alerts().isEmpty()) {
            json.writeArrayFieldStart("alerts");
            for (EmotionAlert alert : leg.alerts()) {
                alert(json, alert);
            }
            json.writeEndArray();
        }
        if (leg.conversation() != null) {
            json.writeFieldName("conversation");
            json.writeRawValue(RecordJson.line(leg.conversation()));
        }
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, Map<String, String> attributes) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
    }

    /** The newest window, as fields of its leg. */
    private static void last(JsonGenerator json, SeenWindow last, long runMs) throws IOException {
        json.writeNumberField("index", last.index);
        json.writeStringField("label", last.label);
        json.writeNumberField("confidence", rounded(last.confidence));
        json.writeNumberField("agreement", rounded(last.agreement));
        json.writeNumberField("speechRatio", rounded(last.speechRatio));
        json.writeNumberField("levelDb", rounded(last.levelDb));
        json.writeNumberField("runMs", runMs);
        json.writeStringField("sentiment", last.sentiment.name());
        json.writeNumberField("valence", rounded(last.valence));
        json.writeNumberField("arousal", rounded(last.arousal));
    }

    /** Without its windows, since legs are sent again with each event. */
    private static void alert(JsonGenerator json, EmotionAlert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("alertId", alert.getAlertId());
        json.writeStringField("rule", alert.getRule());
        json.writeStringField("condition", alert.getCondition());
        json.writeNumberField("startMs", alert.getStartMs());
        json.writeNumberField("endMs", alert.getEndMs());
        json.writeNumberField("capturedAt", alert.getCapturedAt().toEpochMilli());
        json.writeEndObject();
    }

    /**
     * index, startMs, endMs, label, confidence, agreement, sentiment, valence: an array to save space, since a page gets tens of thousands
     * of them.
     */
    private static void window(JsonGenerator json, SeenWindow window) throws IOException {
        json.writeStartArray();
        json.writeNumber(window.index);
        json.writeNumber(window.startMs);
        json.writeNumber(window.endMs);
        json.writeString(window.label);
        json.writeNumber(rounded(window.confidence));
        json.writeNumber(rounded(window.agreement));
        json.writeString(window.sentiment.name());
        json.writeNumber(rounded(window.valence));
        json.writeEndArray();
    }

    /** Three decimals; 0 for NaN and infinities, which JSON cannot represent. */
    private static double rounded(float value) {
        return Float.isFinite(value) ? Math.round(value * 1_000.0) / 1_000.0 : 0;
    }

    private static String write(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    /** Writes one value. */
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
