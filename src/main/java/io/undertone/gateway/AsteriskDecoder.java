package io.undertone.gateway;

import io.undertone.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asterisk's {@code chan_websocket}: control messages as text, {@code MEDIA_START channel_id:ID format:ulaw}, or as JSON, and audio as
 * binary messages in that format, which may arrive before the message that names the format. Nothing arrives during silence. Channel
 * variables {@code CALL_ID} and {@code ROLE}, which only JSON carries, or query parameters of these names, take precedence over the
 * channel's id and the configured role. The call ends with the connection.
 */
final class AsteriskDecoder implements Decoder {
    private static final int EARLY_MAX_BYTES = 65_536;

    private final Handshake handshake;
    private final Roles roles;
    private final ByteArrayOutputStream early = new ByteArrayOutputStream();
    private @Nullable AudioForm form;
    private Role role;

    AsteriskDecoder(Handshake handshake, Roles roles) {
        this.handshake = handshake;
        this.roles = roles;
        this.role = roles.single();
    }

    @Override
    public void text(String message, CallSink sink) throws RefusedException {
        boolean json = message.startsWith("{");
        Optional<Attributes> parsed = json ? Attributes.parse(message) : Optional.of(Attributes.words(message, ':'));
        if (parsed.isEmpty()) {
            sink.odd();
            return;
        }
        Attributes attributes = parsed.get();
        String event = json ? attributes.first("event") : message.strip().split(" ", 2)[0];
        switch (event) {
            case "MEDIA_START" -> start(attributes.orGivenBy(handshake), sink);
            case "DTMF_END" -> sink.tones();
            case "MEDIA_XON",
                    "MEDIA_XOFF",
                    "STATUS",
                    "QUEUE_DRAINED",
                    "MEDIA_MARK_PROCESSED",
                    "MEDIA_BUFFERING_COMPLETED",
                    "ERROR" -> {
                // About audio sent to Asterisk, which the gateway never sends.
            }
            default -> sink.odd();
        }
    }

    private void start(Attributes attributes, CallSink sink) throws RefusedException {
        AudioForm named = form(attributes.first("format"));
        named.check();
        sink.open(CallStart.of(attributes.first("callid", "channelid"))
                .withToken(attributes.first("token"))
                .with(attributes.all()));
        form = named;
        role = roles.named(attributes.first("role"));
        if (early.size() > 0) {
            sink.media(role, named, ByteBuffer.wrap(early.toByteArray()), SourceTime.UNSAID);
            early.reset();
        }
    }

    /** {@code ulaw}, {@code alaw}, or 16-bit linear by its rate: {@code slin} is of 8 kHz, {@code slin44} of 44.1. */
    static AudioForm form(String name) throws RefusedException {
        if (!name.startsWith("slin")) {
            return AudioForm.named(name, 8_000, false);
        }
        String khz = name.substring("slin".length());
        int rateHz =
                khz.isEmpty() ? 8_000 : khz.equals("44") ? 44_100 : (int) Math.min(1_000, JsonKeys.number(khz)) * 1_000;
        return AudioForm.linear(rateHz);
    }

    @Override
    public void binary(ByteBuffer bytes, CallSink sink) throws RefusedException {
        if (form != null) {
            sink.media(role, form, bytes, SourceTime.UNSAID);
            return;
        }
        byte[] kept = new byte[bytes.remaining()];
        bytes.get(kept);
        if (early.size() + kept.length <= EARLY_MAX_BYTES) {
            early.writeBytes(kept);
        } else {
            sink.odd();
        }
    }
}
