package io.undertone.caller;

import io.undertone.audio.SampleFormat;
import io.undertone.signing.Hmac;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A Twilio media stream, as started by {@code <Start><Stream track="both_tracks">} (twilio.com/docs/voice/media-streams/websocket-messages):
 * mu-law in frames of 20 ms, base64 in JSON, all numbers strings. The customer is {@code inbound}.
 */
public final class TwilioCaller implements Caller {
    private static final int FRAME_MS = 20;
    private static final String ACCOUNT = "AC00000000000000000000000000000000";

    private final WebSocketLine line;
    private final String callSid;
    private final String streamSid;
    private int sequence;
    private int chunk;

    private TwilioCaller(WebSocketLine line, String callSid) {
        this.line = line;
        this.callSid = callSid;
        this.streamSid = "MZ" + callSid;
    }

    /**
     * Connects and starts the stream.
     *
     * @param gateway such as {@code ws://127.0.0.1:8091}
     * @param authToken signs the address; empty to leave it unsigned
     * @param callSid the call
     * @param sampleRateHz Twilio always uses 8,000
     * @param bothTracks whether to send the agent's audio as well
     */
    public static TwilioCaller connect(
            HttpClient client, URI gateway, String authToken, String callSid, int sampleRateHz, boolean bothTracks) {
        URI address = URI.create(gateway + "/twilio");
        Map<String, String> headers =
                authToken.isEmpty() ? Map.of() : Map.of("X-Twilio-Signature", signature(authToken, address.toString()));
        TwilioCaller caller = new TwilioCaller(WebSocketLine.connect(client, address, headers, List.of()), callSid);
        caller.begin(sampleRateHz, bothTracks);
        return caller;
    }

    /** base64(HMAC-SHA1(auth token, address)). */
    public static String signature(String authToken, String address) {
        return Base64.getEncoder().encodeToString(Hmac.SHA1.of(authToken.getBytes(StandardCharsets.UTF_8), address));
    }

    private void begin(int sampleRateHz, boolean bothTracks) {
        line.send("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        line.send("{\"event\":\"start\",\"sequenceNumber\":\"" + ++sequence + "\",\"start\":{\"accountSid\":\""
                + ACCOUNT
                + "\",\"streamSid\":\"" + streamSid + "\",\"callSid\":\"" + callSid + "\",\"tracks\":[\"inbound\""
                + (bothTracks ? ",\"outbound\"" : "")
                + "],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":" + sampleRateHz
                + ",\"channels\":1},\"customParameters\":{}},\"streamSid\":\"" + streamSid + "\"}");
    }

    /** The socket, to send what Twilio itself would not. */
    public WebSocketLine line() {
        return line;
    }

    @Override
    public SampleFormat format() {
        return SampleFormat.MULAW;
    }

    @Override
    public int frameMs() {
        return FRAME_MS;
    }

    @Override
    public void frame(long atMs, byte[] customer, List<byte[]> others) {
        chunk++;
        line.send(media("inbound", atMs, customer));
        others.forEach(other -> line.send(media("outbound", atMs, other)));
    }

    /** The message of one frame. */
    public String media(String track, long atMs, byte[] samples) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + ++sequence + "\",\"media\":{\"track\":\"" + track
                + "\",\"chunk\":\"" + chunk + "\",\"timestamp\":\"" + atMs + "\",\"payload\":\""
                + Base64.getEncoder().encodeToString(samples) + "\"},\"streamSid\":\"" + streamSid + "\"}";
    }

    @Override
    public void close() {
        if (!line.isOpen()) {
            return;
        }
        line.send("{\"event\":\"stop\",\"sequenceNumber\":\"" + ++sequence + "\",\"streamSid\":\"" + streamSid
                + "\",\"stop\":{\"accountSid\":\"" + ACCOUNT + "\",\"callSid\":\"" + callSid + "\"}}");
        line.close();
    }

    @Override
    public void abort() {
        line.abort();
    }
}
