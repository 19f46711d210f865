package io.undertone.caller;

import io.undertone.audio.SampleFormat;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Channels of Asterisk's {@code chan_websocket} with JSON control (docs.asterisk.org, Channel-Drivers, WebSocket): a connection for each side
 * of the call, mu-law in frames of 20 ms as binary messages. The channel variables {@code CALL_ID} and {@code ROLE} identify call and side.
 */
public final class AsteriskCaller implements Caller {
    private static final int FRAME_MS = 20;

    /** The customer's is the first. */
    private final List<WebSocketLine> lines = new ArrayList<>();

    private AsteriskCaller() {}

    /** Connects and announces the media.
     *
     * @param gateway such as {@code ws://127.0.0.1:8091}
     * @param token password of the user {@code asterisk}; empty for none
     * @param callId the call
     * @param bothSides whether to send the agent's audio as well
     */
    public static AsteriskCaller connect(
            HttpClient client, URI gateway, String token, String callId, boolean bothSides) {
        AsteriskCaller caller = new AsteriskCaller();
        for (String role : bothSides ? List.of("CUSTOMER", "AGENT") : List.of("CUSTOMER")) {
            WebSocketLine line = WebSocketLine.connect(
                    client, URI.create(gateway + "/asterisk"), authorization(token), List.of("media"));
            line.send(
                    "{\"event\":\"MEDIA_START\",\"connection_id\":\"undertone\",\"channel\":\"WebSocket/undertone/0x1\","
                            + "\"channel_id\":\"1795806978." + caller.lines.size()
                            + "\",\"format\":\"ulaw\",\"optimal_frame_size\":160,\"ptime\":20,\"channel_variables\":"
                            + "{\"CALL_ID\":\"" + callId + "\",\"ROLE\":\"" + role + "\"}}");
            caller.lines.add(line);
        }
        return caller;
    }

    private static Map<String, String> authorization(String token) {
        if (token.isEmpty()) {
            return Map.of();
        }
        byte[] pair = ("asterisk:" + token).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
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
        lines.get(0).send(ByteBuffer.wrap(customer));
        for (int i = 0; i < others.size(); i++) {
            lines.get(1 + i).send(ByteBuffer.wrap(others.get(i)));
        }
    }

    @Override
    public void close() {
        lines.forEach(WebSocketLine::close);
    }

    @Override
    public void abort() {
        lines.forEach(WebSocketLine::abort);
    }
}
