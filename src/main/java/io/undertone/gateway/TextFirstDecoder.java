package io.undertone.gateway;

import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes platforms that describe the audio in one text message and then send it as binary messages of 16-bit little endian samples, one
 * channel or two: Vonage, Sinch, jambonz, FreeSWITCH. The query string may supply what the message lacks. The call ends with the
 * connection.
 */
final class TextFirstDecoder implements Decoder {
    private static final int SAMPLE_RATE_HZ = 8_000;
    /** Sinch hangs up after a minute without audio or a heartbeat. */
    private static final long HEARTBEAT_MS = 15_000;

    private final Dialect dialect;
    private final Handshake handshake;
    private final Roles roles;
    private @Nullable Interleaved audio;
    private long heartbeatMs = Long.MIN_VALUE;

    /**
     * A platform's names.
     *
     * @param first value of {@code event} or {@code command} in its first message; empty: any message may be the first
     * @param callIds names of its own call ids, the preferred first
     * @param answers whether it expects an answer, and then heartbeats
     */
    private record Dialect(String first, String[] callIds, boolean answers) {}

    private TextFirstDecoder(Dialect dialect, Handshake handshake, Roles roles) {
        this.dialect = dialect;
        this.handshake = handshake;
        this.roles = roles;
    }

    /** Vonage: {@code {"event":"websocket:connected","content-type":"audio/l16;rate=16000"}} and the headers of the endpoint. */
    static Decoder vonage(Handshake handshake, Roles roles) {
        return new TextFirstDecoder(
                new Dialect(
                        "websocket:connected", new String[] {"callid", "uuid", "calluuid", "conversationuuid"}, false),
                handshake,
                roles);
    }

    /**
     * Sinch: {@code {"command":"connect","callId":ID,"sampleRate":16000,"callHeaders":[]}}, answered; afterwards only heartbeats are sent.
     */
    static Decoder sinch(Handshake handshake, Roles roles) {
        return new TextFirstDecoder(new Dialect("connect", new String[] {"callid"}, true), handshake, roles);
    }

    /** jambonz: the attributes of the call with {@code sampleRate} and {@code mixType}, and the verb's metadata. */
    static Decoder jambonz(Handshake handshake, Roles roles) {
        return new TextFirstDecoder(new Dialect("", new String[] {"callid", "callsid"}, false), handshake, roles);
    }

    /**
     * FreeSWITCH, by mod_audio_stream or mod_audio_fork: the metadata of the command, as JSON, as {@code callId=ID;sampleRate=16000}, or
     * only the call id; or no text message at all if the query string has it.
     */
    static Decoder freeswitch(Handshake handshake, Roles roles) {
        return new TextFirstDecoder(
                new Dialect("", new String[] {"callid", "uuid", "calluuid", "channeluuid", "callsid"}, false),
                handshake,
                roles);
    }

    @Override
    public void text(String message, CallSink sink) throws RefusedException {
        Optional<Attributes> parsed = parse(message);
        if (parsed.isEmpty()) {
            sink.odd();
            return;
        }
        Attributes attributes = parsed.get();
        String what = attributes.first("event", "command", "type").toLowerCase(Locale.ROOT);
        if (what.endsWith("dtmf")) {
            sink.tones();
        } else if (audio == null && (dialect.first.isEmpty() || what.equals(dialect.first))) {
            open(attributes.orGivenBy(handshake), sink);
        } else if (what.isEmpty()) {
            sink.odd();
        }
    }

    private Optional<Attributes> parse(String message) {
        String text = message.strip();
        if (text.startsWith("{") || !dialect.first.isEmpty()) {
            return Attributes.parse(text);
        }
        boolean bareId = !text.isEmpty() && text.indexOf('=') < 0 && text.indexOf(' ') < 0;
        return text.isEmpty() ? Optional.empty() : Optional.of(Attributes.words(bareId ? "callid=" + text : text, '='));
    }

    private void open(Attributes attributes, CallSink sink) throws RefusedException {
        try {
            AudioForm form = form(attributes);
            form.check();
            sink.open(CallStart.of(attributes.first(dialect.callIds))
                    .withToken(attributes.first("token"))
                    .with(attributes.all()));
            audio = new Interleaved(form, channels(attributes));
        } catch (RefusedException e) {
            if (dialect.answers) {
                sink.reply("{\"command\":\"reject\"}");
            }
            throw e;
        }
        if (dialect.answers) {
            sink.reply("{\"command\":\"answer\"}");
        }
    }

    private static AudioForm form(Attributes attributes) throws RefusedException {
        String type = attributes.first("contenttype", "codec", "encoding");
        int rate = attributes.number("samplerate", "rate");
        int parameter = type.toLowerCase(Locale.ROOT).indexOf("rate=");
        if (rate <= 0 && parameter >= 0) {
            rate = (int) Math.min(Integer.MAX_VALUE, JsonKeys.number(type.substring(parameter + "rate=".length())));
        }
        // FreeSWITCH's command gives the rate as 16k.
        int rateHz = rate <= 0 ? SAMPLE_RATE_HZ : rate < 1_000 ? rate * 1_000 : rate;
        return AudioForm.named(type.isEmpty() ? "l16" : type, rateHz, false);
    }

    private List<Role> channels(Attributes attributes) {
        boolean stereo =
                attributes.first("mixtype", "mix").equalsIgnoreCase("stereo") || attributes.number("channels") == 2;
        return stereo
                ? List.of(roles.ofTrack("left"), roles.ofTrack("right"))
                : List.of(roles.named(attributes.first("role")));
    }

    @Override
    public void binary(ByteBuffer bytes, CallSink sink) throws RefusedException {
        if (audio == null && dialect.first.isEmpty()) {
            Attributes asked = Attributes.of(handshake);
            if (!asked.first(dialect.callIds).isEmpty()) {
                open(asked, sink);
            }
        }
        if (audio == null) {
            bytes.position(bytes.limit());
            sink.odd();
        } else {
            audio.media(bytes, sink);
        }
    }

    @Override
    public void tick(long nowMs, CallSink sink) {
        if (!dialect.answers || audio == null) {
            return;
        }
        if (heartbeatMs == Long.MIN_VALUE) {
            heartbeatMs = nowMs;
        } else if (nowMs - heartbeatMs >= HEARTBEAT_MS) {
            heartbeatMs = nowMs;
            sink.reply("{\"command\":\"heartbeat\"}");
        }
    }
}
