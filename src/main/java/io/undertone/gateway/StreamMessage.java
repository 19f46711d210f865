package io.undertone.gateway;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variant.PaddingReadBehaviour;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message of Twilio's dialect, from any platform that uses it: keys in any case, with or without underscores, numbers as numbers or strings,
 * unknown fields ignored. Parsed in one pass, without a tree. Only the needed fields are kept, and never the digit of a pressed key.
 */
final class StreamMessage {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Base64Variant BASE64 =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(PaddingReadBehaviour.PADDING_ALLOWED);
    private static final int TRACKS_MAX = 8;
    private static final int PARAMETERS_MAX = 64;

    private String event = "";
    private String stream = "";
    private String call = "";
    private String track = "";
    private long sequence = -1;
    private long chunk = -1;
    private long timestampMs = -1;
    private byte[] payload = {};
    private String encoding = "";
    private int sampleRateHz;
    private final List<String> tracks = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();

    private StreamMessage() {}

    /** Empty where the text is no JSON object. */
    static Optional<StreamMessage> parse(String text) {
        StreamMessage message = new StreamMessage();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            message.object(json, true);
            return Optional.of(message);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void object(JsonParser json, boolean root) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = JsonKeys.plain(json.currentName());
            JsonToken value = json.nextToken();
            switch (key) {
                case "start", "media", "stop", "dtmf", "mediaformat" -> nested(json, value);
                case "customparameters", "extraheaders" -> parameters(json, value);
                case "tracks" -> tracks(json, value);
                case "payload" -> payload(json, value);
                default -> {
                    if (value.isScalarValue()) {
                        scalar(key, json, root);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }

    private void nested(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            object(json, false);
        } else {
            json.skipChildren();
        }
    }

    private void scalar(String key, JsonParser json, boolean root) throws IOException {
        switch (key) {
            case "event" -> event = root ? JsonKeys.plain(json.getText()) : event;
            case "streamsid", "streamid" -> stream = json.getText();
            case "callsid", "callcontrolid", "callid" -> call = json.getText();
            case "track" -> track = json.getText();
            case "sequencenumber" -> sequence = JsonKeys.number(json.getText());
            case "chunk" -> chunk = JsonKeys.number(json.getText());
            case "timestamp" -> timestampMs = JsonKeys.number(json.getText());
            case "encoding" -> encoding = json.getText();
            case "samplerate" -> sampleRateHz = (int) Math.min(Integer.MAX_VALUE, JsonKeys.number(json.getText()));
            default -> {}
        }
    }

    private void payload(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            payload = json.getBinaryValue(BASE64);
        } else {
            json.skipChildren();
        }
    }

    private void tracks(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            addTrack(json.getText());
        } else if (value == JsonToken.START_ARRAY) {
            for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
                if (item == null) {
                    return;
                }
                if (item == JsonToken.VALUE_STRING) {
                    addTrack(json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } else {
            json.skipChildren();
        }
    }

    private void addTrack(String name) {
        if (tracks.size() < TRACKS_MAX) {
            tracks.add(name);
        }
    }

    /** An object, a list of names and values, or text: {@code role=AGENT;token=abc}. */
    private void parameters(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            for (String pair : json.getText().split("[;,{}]")) {
                int at = pair.indexOf('=') >= 0 ? pair.indexOf('=') : pair.indexOf(':');
                if (at > 0) {
                    addParameter(unquoted(pair.substring(0, at)), unquoted(pair.substring(at + 1)));
                }
            }
        } else if (value == JsonToken.START_OBJECT) {
            parameterObject(json);
        } else if (value == JsonToken.START_ARRAY) {
            for (JsonToken item = json.nextToken(); item == JsonToken.START_OBJECT; item = json.nextToken()) {
                parameterObject(json);
            }
        } else {
            json.skipChildren();
        }
    }

    private void parameterObject(JsonParser json) throws IOException {
        String name = "";
        String given = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            if (json.nextToken().isScalarValue()) {
                String text = json.getText();
                addParameter(key, text);
                name = key.equals("name") ? text : name;
                given = key.equals("value") ? text : given;
            } else {
                json.skipChildren();
            }
        }
        if (!name.isEmpty()) {
            addParameter(name, given);
        }
    }

    private void addParameter(String name, String value) {
        if (parameters.size() < PARAMETERS_MAX) {
            String plain = JsonKeys.plain(name);
            // Plivo prefixes the integrator's parameter names.
            parameters.putIfAbsent(plain.startsWith("xph") ? plain.substring(3) : plain, value);
        }
    }

    private static String unquoted(String text) {
        return text.replace("\"", "").strip();
    }

    /** The event's name in lower case, such as {@code start}; empty if absent. */
    String event() {
        return event;
    }

    /** The stream's id; empty if absent. */
    String stream() {
        return stream;
    }

    /** The call's id; empty if absent. */
    String call() {
        return call;
    }

    /** The track's name; empty if absent. */
    String track() {
        return track;
    }

    /** The number of the frame within its track, else of the message; -1 if absent. */
    long number() {
        return chunk >= 0 ? chunk : sequence;
    }

    /** The frame's timestamp in ms; -1 if absent. */
    long timestampMs() {
        return timestampMs;
    }

    /** The audio; empty if there is none. */
    byte[] payload() {
        return payload;
    }

    /** The encoding as the platform names it; empty if absent. */
    String encoding() {
        return encoding;
    }

    /** The sample rate; 0 or less if absent. */
    int sampleRateHz() {
        return sampleRateHz;
    }

    List<String> tracks() {
        return tracks;
    }

    /** Custom parameters, by plain name (see {@link JsonKeys#plain}). */
    Map<String, String> parameters() {
        return parameters;
    }

    /** A custom parameter, by its name in lower case; empty if absent. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
