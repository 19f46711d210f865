package io.undertone.caller;

import io.undertone.audio.SampleFormat;
import io.undertone.signing.Hmac;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client of Genesys' AudioHook, version 2 (developer.genesys.cloud, AudioHook protocol): signs its request, opens a session, then sends
 * mu-law in frames of 200 ms, the samples of both channels in turn. The customer is {@code external}.
 */
public final class GenesysCaller implements Caller {
    private static final int FRAME_MS = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ORGANIZATION = "d7934305-0972-4844-938e-9060eef73d05";

    private final WebSocketLine line;
    private final String session;
    private final boolean bothChannels;
    private int seq;
    private int serverSeq;
    private long samples;

    private GenesysCaller(WebSocketLine line, String session, boolean bothChannels) {
        this.line = line;
        this.session = session;
        this.bothChannels = bothChannels;
    }

    /**
     * Connects and opens the session.
     *
     * @param gateway such as {@code ws://127.0.0.1:8091}
     * @param apiKey empty to sign nothing
     * @param clientSecret in base64
     * @param conversation the call
     * @param bothChannels whether to send the agent's audio as well
     */
    public static GenesysCaller connect(
            HttpClient client,
            URI gateway,
            String apiKey,
            String clientSecret,
            String conversation,
            boolean bothChannels) {
        String session = UUID.randomUUID().toString();
        URI address = URI.create(gateway + "/genesys");
        Map<String, String> headers = new HashMap<>();
        headers.put("Audiohook-Organization-Id", ORGANIZATION);
        headers.put("Audiohook-Session-Id", session);
        headers.put("Audiohook-Correlation-Id", UUID.randomUUID().toString());
        headers.put("X-API-KEY", apiKey);
        if (!apiKey.isEmpty()) {
            sign(headers, address, apiKey, clientSecret, System.currentTimeMillis() / 1_000);
        }
        WebSocketLine line = WebSocketLine.connect(client, address, headers, List.of());
        GenesysCaller caller = new GenesysCaller(line, session, bothChannels);
        caller.send(
                "open",
                "{\"organizationId\":\"" + ORGANIZATION + "\",\"conversationId\":\"" + conversation
                        + "\",\"participant\":{\"id\":\"" + UUID.randomUUID()
                        + "\",\"ani\":\"+15550100\",\"aniName\":\"\",\"dnis\":\"+15550101\"},"
                        + "\"media\":[{\"type\":\"audio\",\"format\":\"PCMU\",\"channels\":["
                        + (bothChannels ? "\"external\",\"internal\"" : "\"external\"")
                        + "],\"rate\":8000}],\"language\":\"en-US\"}");
        caller.expect("opened");
        return caller;
    }

    private static void sign(Map<String, String> headers, URI address, String apiKey, String clientSecret, long nowS) {
        String nonce = UUID.randomUUID().toString().replace("-", "");
        String parameters = "(\"@request-target\" \"@authority\" \"audiohook-organization-id\" \"audiohook-session-id\""
                + " \"audiohook-correlation-id\" \"x-api-key\");keyid=\"" + apiKey + "\";nonce=\"" + nonce
                + "\";alg=\"hmac-sha256\";created=" + nowS + ";expires=" + (nowS + 20);
        String base = "\"@request-target\": " + address.getRawPath() + "\n\"@authority\": " + address.getAuthority()
                + "\n\"audiohook-organization-id\": " + headers.get("Audiohook-Organization-Id")
                + "\n\"audiohook-session-id\": " + headers.get("Audiohook-Session-Id")
                + "\n\"audiohook-correlation-id\": " + headers.get("Audiohook-Correlation-Id")
                + "\n\"x-api-key\": " + apiKey + "\n\"@signature-params\": " + parameters;
        headers.put("Signature-Input", "sig1=" + parameters);
        headers.put(
                "Signature",
                "sig1=:"
                        + Base64.getEncoder()
                                .encodeToString(
                                        Hmac.SHA256.of(Base64.getDecoder().decode(clientSecret), base))
                        + ":");
    }

    private void send(String type, String parameters) {
        long ms = samples / 8;
        line.send("{\"version\":\"2\",\"id\":\"" + session + "\",\"type\":\"" + type + "\",\"seq\":" + ++seq
                + ",\"serverseq\":" + serverSeq + ",\"position\":\"PT" + ms / 1_000 + "." + (ms % 1_000) / 100
                + "S\",\"parameters\":" + parameters + "}");
    }

    /** Reads until this message arrives, skipping events. */
    private void expect(String type) {
        try {
            for (String message = line.receive(TIMEOUT); ; message = line.receive(TIMEOUT)) {
                if (message == null || message.contains("\"type\":\"disconnect\"")) {
                    throw new CallerException("the gateway must send " + type + ": " + message);
                }
                serverSeq++;
                if (message.contains("\"type\":\"" + type + "\"")) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallerException("interrupted while waiting for the gateway's " + type, e);
        }
    }

    /** The gateway's next message; null if none arrives in time. */
    public @Nullable String receive(Duration timeout) throws InterruptedException {
        String message = line.receive(timeout);
        serverSeq += message == null ? 0 : 1;
        return message;
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
        samples += customer.length;
        if (!bothChannels) {
            line.send(ByteBuffer.wrap(customer));
            return;
        }
        byte[] other = others.get(0);
        ByteBuffer both = ByteBuffer.allocate(2 * customer.length);
        for (int i = 0; i < customer.length; i++) {
            both.put(customer[i]).put(other[i]);
        }
        line.send(both.flip());
    }

    @Override
    public void close() {
        if (line.isOpen()) {
            send("close", "{\"reason\":\"end\"}");
            expect("closed");
            line.close();
        }
    }

    @Override
    public void abort() {
        line.abort();
    }
}
