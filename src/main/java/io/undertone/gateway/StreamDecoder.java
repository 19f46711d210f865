package io.undertone.gateway;

import io.undertone.Role;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Media Streams and its dialects: JSON messages {@code start}, {@code media} with base64, {@code dtmf} and {@code stop}.
 * Differences follow from the messages where they tell, else from the {@link Dialect}. Nothing is ever sent back.
 */
final class StreamDecoder implements Decoder {
    private static final int STREAMS_MAX = 8;

    private final Dialect dialect;
    private final Roles roles;
    /** By id; most connections have one. */
    private final Map<String, Stream> streams = new HashMap<>();

    private @Nullable Stream latest;

    /**
     * A platform's implicit conventions.
     *
     * @param encoding of audio that does not name one
     * @param networkOrder whether 16-bit samples are big endian
     * @param shuffled whether frames may arrive out of order
     */
    private record Dialect(String encoding, boolean networkOrder, boolean shuffled) {}

    /** One {@code start}. */
    private record Stream(AudioForm form, @Nullable Role single) {}

    private StreamDecoder(Dialect dialect, Roles roles) {
        this.dialect = dialect;
        this.roles = roles;
    }

    /** Twilio and SignalWire: mu-law, in order. */
    static Decoder twilio(Handshake handshake, Roles roles) {
        return new StreamDecoder(new Dialect("mulaw", false, false), roles);
    }

    /** Telnyx: out of order, as its documentation warns, and 16-bit samples in RTP's byte order. */
    static Decoder telnyx(Handshake handshake, Roles roles) {
        return new StreamDecoder(new Dialect("pcmu", true, true), roles);
    }

    /** Plivo and Exotel: 16-bit linear unless named. */
    static Decoder linear(Handshake handshake, Roles roles) {
        return new StreamDecoder(new Dialect("l16", false, false), roles);
    }

    @Override
    public void text(String message, CallSink sink) throws RefusedException {
        StreamMessage parsed = StreamMessage.parse(message).orElse(null);
        if (parsed == null) {
            sink.odd();
            return;
        }
        switch (parsed.event()) {
            case "media" -> media(parsed, sink);
            case "start" -> start(parsed, sink);
            case "dtmf" -> sink.tones();
            case "stop" -> stop(parsed, sink);
            case "connected", "mark", "clear", "playedstream", "clearedaudio" -> {
                // Of no consequence to the call.
            }
            default -> sink.odd();
        }
    }

    @Override
    public void binary(ByteBuffer bytes, CallSink sink) {
        bytes.position(bytes.limit());
        sink.odd();
    }

    private void start(StreamMessage start, CallSink sink) throws RefusedException {
        String encoding = start.encoding().isEmpty() ? dialect.encoding : start.encoding();
        int rate = start.sampleRateHz() > 0 ? start.sampleRateHz() : 8_000;
        AudioForm form = AudioForm.named(encoding, rate, dialect.networkOrder);
        form.check();
        sink.open(CallStart.of(start.call()).withToken(start.parameter("token")).with(start.parameters()));
        String named = start.parameter("role");
        boolean oneSided = start.tracks().size() <= 1;
        Stream stream = new Stream(form, oneSided && !named.isEmpty() ? roles.named(named) : null);
        if (streams.size() < STREAMS_MAX || streams.containsKey(start.stream())) {
            streams.put(start.stream(), stream);
            latest = stream;
        } else {
            sink.odd();
        }
    }

    private void media(StreamMessage media, CallSink sink) throws RefusedException {
        Stream stream = streams.getOrDefault(media.stream(), latest);
        if (stream == null || media.payload().length == 0) {
            sink.odd();
            return;
        }
        SourceTime time = new SourceTime(dialect.shuffled ? media.number() : -1, media.timestampMs());
        sink.media(role(stream, media.track()), stream.form(), ByteBuffer.wrap(media.payload()), time);
    }

    private Role role(Stream stream, String track) {
        if (stream.single() != null) {
            return stream.single();
        }
        return track.isEmpty() ? roles.single() : roles.ofTrack(track);
    }

    private void stop(StreamMessage stop, CallSink sink) {
        streams.remove(stop.stream());
        if (streams.isEmpty() || stop.stream().isEmpty()) {
            sink.end();
        }
    }
}
