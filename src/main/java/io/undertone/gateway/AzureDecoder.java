package io.undertone.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.undertone.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Azure Communication Services' media streaming: JSON of kinds {@code AudioMetadata}, {@code AudioData}, {@code DtmfData}, keys in any case,
 * a voice for each participant where it is asked for {@code unmixed}. Telephone numbers are customers, everyone else an agent; a mixture
 * is {@code UNKNOWN}. There is no end but the connection's. The call id stands in the handshake: parameter
 * {@code callId} of the address, else header {@code x-ms-call-connection-id}; else it is the subscription's.
 */
final class AzureDecoder implements Decoder {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final String TELEPHONE = "4:";

    private final String handshakeCall;
    private final Map<String, String> query;
    private AudioForm form = AudioForm.linear(SAMPLE_RATE_HZ);
    private boolean opened;
    /** Whose voice a role is: the first of its kind, so that two people never share a leg. */
    private final Map<Role, String> participants = new EnumMap<>(Role.class);

    AzureDecoder(Handshake handshake, Roles roles) {
        this.query = handshake.query();
        this.handshakeCall = Stream.of(
                        query.getOrDefault("callid", ""),
                        handshake.header("x-ms-call-connection-id"),
                        handshake.header("x-ms-call-correlation-id"))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void text(String message, CallSink sink) throws RefusedException {
        Map<String, String> fields = fields(message);
        switch (fields.getOrDefault("kind", "").toLowerCase(Locale.ROOT)) {
            case "audiometadata" -> metadata(fields, sink);
            case "audiodata" -> audio(fields, sink);
            case "dtmfdata" -> sink.tones();
            default -> sink.odd();
        }
    }

    @Override
    public void binary(ByteBuffer bytes, CallSink sink) {
        bytes.position(bytes.limit());
        sink.odd();
    }

    private void metadata(Map<String, String> fields, CallSink sink) throws RefusedException {
        long rate = JsonKeys.number(fields.getOrDefault("samplerate", ""));
        long channels = JsonKeys.number(fields.getOrDefault("channels", "1"));
        if (channels > 1) {
            throw new RefusedException(
                    Refusal.CODEC, "audio must have one channel: channels=" + channels + "; ask for mono");
        }
        form = AudioForm.named(
                fields.getOrDefault("encoding", "PCM"),
                rate > 0 ? (int) Math.min(rate, Integer.MAX_VALUE) : SAMPLE_RATE_HZ,
                false);
        form.check();
        sink.open(CallStart.of(handshakeCall.isEmpty() ? fields.getOrDefault("subscriptionid", "") : handshakeCall)
                .with(query));
        opened = true;
    }

    private void audio(Map<String, String> fields, CallSink sink) throws RefusedException {
        byte[] audio = decoded(fields.getOrDefault("data", ""));
        String participant = fields.getOrDefault("participantrawid", "");
        Role role =
                participant.isEmpty() ? Role.UNKNOWN : participant.startsWith(TELEPHONE) ? Role.CUSTOMER : Role.AGENT;
        if (!opened
                || audio.length == 0
                || !participants.computeIfAbsent(role, r -> participant).equals(participant)) {
            sink.odd();
            return;
        }
        sink.media(role, form, ByteBuffer.wrap(audio), SourceTime.at(epochMs(fields.getOrDefault("timestamp", ""))));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static long epochMs(String timestamp) {
        try {
            return OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return -1;
        }
    }

    /** All scalars, by their plain names, whatever object they stand in; none where the text is no JSON object. */
    private static Map<String, String> fields(String message) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(message)) {
            String key = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    key = JsonKeys.plain(json.currentName());
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    // What was pressed is nobody's business; the kind alone is.
                    fields.putIfAbsent(key, json.getText());
                }
            }
            return fields;
        } catch (IOException e) {
            return Map.of();
        }
    }
}
