package io.undertone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Genesys' AudioHook, version 2: numbered JSON messages both ways, and audio of one or two channels as binary messages. Genesys counts
 * positions and reports discarded audio. A connection whose conversation and participant ids are all zeros is a probe. Protocol errors are
 * answered by {@code disconnect}, after which the client sends {@code close}.
 */
final class AudioHookDecoder implements Decoder {
    private static final int TEXT_MAX_CHARS = 65_535;
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    /** The type of an entity that carries an emotion. */
    private static final String ENTITY = "undertone-emotion";

    private static final long NANOS_PER_MS = 1_000_000;
    /** How long a client has to close after {@code disconnect}. */
    private static final long CLOSE_MS = 10_000;

    private final Roles roles;
    private final String organization;
    private String id;
    private long clientSeq;
    private long seq;
    private State state = State.PREPARING;
    private @Nullable Interleaved audio;
    private long leftOutNanos;
    private long closeByMs = Long.MAX_VALUE;

    /** The state of a session. */
    private enum State {
        /** Nothing has been requested yet. */
        PREPARING,
        ACTIVE,
        PAUSED,
        /** A test of the connection, not a call. */
        PROBE,
        /** The client was told to disconnect. */
        DISCONNECTING,
        CLOSED
    }

    /** A supported format among the offered media. */
    private record Offer(JsonNode media, AudioForm form, List<Role> channels) {}

    AudioHookDecoder(Handshake handshake, Roles roles) {
        this.roles = roles;
        this.organization = handshake.header("audiohook-organization-id");
        this.id = handshake.header("audiohook-session-id");
    }

    @Override
    public void text(String text, CallSink sink) throws RefusedException {
        if (state == State.CLOSED) {
            sink.odd();
            return;
        }
        AudioHookMessage message = text.length() > TEXT_MAX_CHARS
                ? null
                : AudioHookMessage.parse(text).orElse(null);
        if (state == State.DISCONNECTING) {
            if (message != null && message.type().equals("close")) {
                clientSeq = message.seq();
                close(message, sink);
            }
            return;
        }
        String fault =
                message == null ? "a message must be JSON of version 2, with at most 65535 characters" : fault(message);
        if (message == null || !fault.isEmpty()) {
            sink.odd();
            disconnect("error", fault, sink);
            return;
        }
        clientSeq = message.seq();
        take(message, sink);
    }

    /** Why the message is invalid; empty if it is valid. */
    private String fault(AudioHookMessage message) {
        if (message.seq() != clientSeq + 1) {
            return "seq must be " + (clientSeq + 1) + ": seq=" + message.seq();
        }
        if (message.serverSeq() > seq) {
            return "serverseq must be at most " + seq + ": serverseq=" + message.serverSeq();
        }
        if (id.isEmpty()) {
            id = message.id();
        }
        return id.equals(message.id()) ? "" : "id must be that of the session";
    }

    private void take(AudioHookMessage message, CallSink sink) throws RefusedException {
        switch (message.type()) {
            case "open" -> open(message, sink);
            case "close" -> close(message, sink);
            case "ping" -> reply("pong", nothing(), sink);
            case "update" -> reply("updated", nothing(), sink);
            case "paused" -> state = state == State.ACTIVE ? State.PAUSED : state;
            case "resumed" -> {
                state = state == State.PAUSED ? State.ACTIVE : state;
                leftOut(message, sink);
            }
            case "discarded" -> leftOut(message, sink);
            case "error" -> {
                // The client reports an error; its close message follows.
            }
            default -> sink.odd();
        }
    }

    private void open(AudioHookMessage message, CallSink sink) throws RefusedException {
        if (state != State.PREPARING) {
            sink.odd();
            return;
        }
        JsonNode parameters = message.parameters();
        if (!organization.isEmpty() && !organization.equals(message.text("organizationId"))) {
            throw refusal(
                    "unauthorized",
                    new RefusedException(
                            Refusal.UNAUTHORIZED,
                            "organizationId must be that of the header Audiohook-Organization-Id"),
                    sink);
        }
        Optional<Offer> chosen = choose(parameters.path("media"));
        boolean probe = message.text("conversationId").equals(NOBODY)
                && parameters.path("participant").path("id").asText().equals(NOBODY);
        if (!probe) {
            begin(message, chosen.orElse(null), sink);
        }
        state = probe ? State.PROBE : State.ACTIVE;
        ObjectNode opened = nothing();
        chosen.ifPresentOrElse(offer -> opened.putArray("media").add(offer.media()), () -> opened.putArray("media"));
        opened.put("startPaused", false);
        if (parameters.path("supportedLanguages").asBoolean()) {
            opened.putArray("supportedLanguages");
        }
        reply("opened", opened, sink);
    }

    private void begin(AudioHookMessage message, @Nullable Offer offer, CallSink sink) throws RefusedException {
        if (offer == null) {
            throw refusal(
                    "error",
                    new RefusedException(
                            Refusal.CODEC,
                            "media must hold audio of PCMU or L16 with channels external, internal or both; set so in AudioHook"),
                    sink);
        }
        try {
            sink.open(CallStart.of(message.text("conversationId")).counted());
        } catch (RefusedException e) {
            throw refusal(e.refusal() == Refusal.UNAUTHORIZED ? "unauthorized" : "error", e, sink);
        }
        audio = new Interleaved(offer.form(), offer.channels());
    }

    /** Tells the client before the connection is refused. */
    private RefusedException refusal(String reason, RefusedException refused, CallSink sink) {
        disconnect(reason, refused.reason(), sink);
        return refused;
    }

    /** The first supported offer with both sides of the call, else the first supported one. */
    private Optional<Offer> choose(JsonNode media) {
        Offer best = null;
        for (JsonNode offered : media) {
            Offer offer = offer(offered).orElse(null);
            if (offer != null
                    && (best == null
                            || offer.channels().size() > best.channels().size())) {
                best = offer;
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Offer> offer(JsonNode media) {
        String format = media.path("format").asText();
        if (!media.path("type").asText().equals("audio") || !(format.equals("PCMU") || format.equals("L16"))) {
            return Optional.empty();
        }
        List<Role> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode channel : media.path("channels")) {
            String name = channel.asText();
            if (!(name.equals("external") || name.equals("internal")) || !names.add(name)) {
                return Optional.empty();
            }
            channels.add(roles.ofTrack(name));
        }
        int rate = media.path("rate").asInt();
        AudioForm form = format.equals("PCMU") ? AudioForm.mulaw(rate) : AudioForm.linear(rate);
        return channels.isEmpty() || !form.isTaken() ? Optional.empty() : Optional.of(new Offer(media, form, channels));
    }

    private void leftOut(AudioHookMessage message, CallSink sink) {
        leftOutNanos += message.nanos("discarded");
        sink.leftOut(leftOutNanos / NANOS_PER_MS);
        // Carry the fraction of a ms over to the next message.
        leftOutNanos %= NANOS_PER_MS;
    }

    private void close(AudioHookMessage message, CallSink sink) {
        reply("closed", nothing(), sink);
        boolean isEnd = state != State.DISCONNECTING && message.text("reason").equals("end");
        state = State.CLOSED;
        if (isEnd) {
            sink.end();
        } else {
            sink.interrupted();
        }
    }

    @Override
    public void binary(ByteBuffer bytes, CallSink sink) throws RefusedException {
        if (state == State.ACTIVE && audio != null) {
            audio.media(bytes, sink);
            return;
        }
        bytes.position(bytes.limit());
        // Audio that arrives while paused is ignored.
        if (state != State.PROBE) {
            sink.odd();
        }
    }

    @Override
    public void tick(long nowMs, CallSink sink) {
        if (state != State.DISCONNECTING) {
            return;
        }
        if (closeByMs == Long.MAX_VALUE) {
            closeByMs = nowMs + CLOSE_MS;
        } else if (nowMs >= closeByMs) {
            state = State.CLOSED;
            sink.close(CloseCode.POLICY, "close must follow disconnect");
            sink.interrupted();
        }
    }

    @Override
    public void stopping(CallSink sink) {
        ObjectNode why = nothing();
        why.put("info", "the gateway restarts");
        reply("reconnect", why, sink);
        sink.close(CloseCode.SERVICE_RESTART, "the gateway restarts");
    }

    @Override
    public void heard(EmotionEvent event, CallSink sink) {
        if (state != State.ACTIVE && state != State.PAUSED) {
            return;
        }
        ObjectNode parameters = nothing();
        ObjectNode entity = parameters.putArray("entities").addObject();
        entity.put("type", ENTITY);
        ObjectNode data = entity.putObject("data");
        data.put("eventId", event.getEventId());
        data.put("role", event.getRole().name());
        data.put("startMs", event.getStartMs());
        data.put("endMs", event.getEndMs());
        data.put("label", event.getLabel());
        data.put("confidence", event.getConfidence());
        data.put("agreement", event.getAgreement());
        ObjectNode probabilities = data.putObject("probabilities");
        event.getProbabilities().forEach(probabilities::put);
        reply("event", parameters, sink);
    }

    @Override
    public boolean isKeptWithoutCall() {
        return state == State.PROBE;
    }

    private void disconnect(String reason, String info, CallSink sink) {
        ObjectNode why = nothing();
        why.put("reason", reason);
        why.put("info", info);
        reply("disconnect", why, sink);
        state = State.DISCONNECTING;
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void reply(String type, ObjectNode parameters, CallSink sink) {
        seq++;
        ObjectNode message = nothing();
        message.put("version", AudioHookMessage.VERSION);
        message.put("id", id);
        message.put("type", type);
        message.put("seq", seq);
        message.put("clientseq", clientSeq);
        message.set("parameters", parameters);
        sink.reply(message.toString());
    }
}
