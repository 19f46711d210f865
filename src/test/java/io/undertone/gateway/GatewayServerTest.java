package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.Role;
import io.undertone.caller.CallerException;
import io.undertone.caller.TwilioCaller;
import io.undertone.caller.WebSocketLine;
import io.undertone.config.UndertoneConfig;
import io.undertone.gateway.HeardCalls.HeardLeg;
import io.undertone.metrics.GatewayMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway's port, with sockets that are real. */
class GatewayServerTest {
    private static final byte[] FRAME = new byte[160];

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, HeardLeg> legs = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private GatewayServer server = start(Map.of());

    private GatewayServer start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("gateway.port", "0");
        Calls calls = new Calls(
                (platform, callId, role, attributes) ->
                        legs.computeIfAbsent(callId + "/" + role, key -> new HeardLeg()),
                FormerLegs.none());
        GatewayServer started = new GatewayServer(
                new UndertoneConfig(all), calls, new GatewayMetrics(registry), System::currentTimeMillis);
        started.start();
        return started;
    }

    private void restart(Map<String, String> settings) {
        server.close();
        server = start(settings);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private URI address() {
        return URI.create("ws://127.0.0.1:" + server.port());
    }

    private TwilioCaller call(String callSid) {
        return TwilioCaller.connect(client, address(), "", callSid, 8_000, true);
    }

    private WebSocketLine line(String path) {
        return WebSocketLine.connect(client, URI.create(address() + path), Map.of(), List.of());
    }

    private HeardLeg leg(String callId, Role role) {
        String key = callId + "/" + role;
        await().until(() -> legs.containsKey(key));
        HeardLeg leg = legs.get(key);
        assertThat(leg).isNotNull();
        return leg == null ? new HeardLeg() : leg;
    }

    private int status(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void shouldTakeACall() {
        TwilioCaller caller = call("CA1");
        for (int i = 0; i < 100; i++) {
            caller.frame(i * 20L, FRAME, List.of(FRAME));
        }
        caller.close();
        await().until(() -> leg("CA1", Role.CUSTOMER).ended && leg("CA1", Role.AGENT).ended);
        assertThat(leg("CA1", Role.CUSTOMER).bytes()).hasSize(16_000);
        assertThat(leg("CA1", Role.AGENT).gaps()).isZero();
        await().until(() -> server.sessions() == 0);
        assertThat(registry.get("undertone.gateway.frames")
                        .tag("platform", "twilio")
                        .counter()
                        .count())
                .isEqualTo(200);
    }

    @Test
    void shouldTakeMessagesInPieces() {
        TwilioCaller caller = call("CA2");
        String media = caller.media("inbound", 0, FRAME);
        for (int i = 0; i < media.length(); i++) {
            caller.line().sendPart(media.substring(i, i + 1), i == media.length() - 1);
        }
        caller.close();
        await().until(() -> leg("CA2", Role.CUSTOMER).ended);
        assertThat(leg("CA2", Role.CUSTOMER).bytes()).hasSize(160);
    }

    @Test
    void shouldHoldTheLegsOfASocketThatWasDropped() {
        TwilioCaller caller = call("CA3");
        caller.frame(0, FRAME, List.of());
        leg("CA3", Role.CUSTOMER);
        caller.abort();
        await().until(() -> server.sessions() == 0);
        assertThat(leg("CA3", Role.CUSTOMER).ended).isFalse();
    }

    @Test
    void shouldTellPlatformsToConnectAnewWhenItStops() throws Exception {
        TwilioCaller caller = call("CA4");
        caller.frame(0, FRAME, List.of());
        leg("CA4", Role.CUSTOMER);
        server.close();
        assertThat(caller.line().closed().get(10, TimeUnit.SECONDS)).isEqualTo(CloseCode.SERVICE_RESTART);
        assertThat(leg("CA4", Role.CUSTOMER).ended).isFalse();
    }

    @Test
    void shouldRefuseWhoDoesNotSign() throws Exception {
        restart(Map.of("gateway.twilio.auth.token", "right", "gateway.token", "t"));
        assertThatThrownBy(() -> TwilioCaller.connect(client, address(), "wrong", "CA5", 8_000, false))
                .isInstanceOf(CallerException.class);
        assertThat(status("/twilio")).isEqualTo(401);
        TwilioCaller.connect(client, address(), "right", "CA5", 8_000, false).close();
        assertThat(status("/azure")).isEqualTo(401);
        assertThat(status("/azure/t")).isEqualTo(426);
        assertThat(registry.get("undertone.gateway.refused")
                        .tag("cause", "unauthorized")
                        .tag("platform", "twilio")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseACallWhoseFirstMessageLacksTheToken() throws Exception {
        restart(Map.of("gateway.token", "t"));
        WebSocketLine wrong = line("/telnyx");
        wrong.send(
                "{\"event\":\"start\",\"start\":{\"call_control_id\":\"c\",\"custom_parameters\":{\"token\":\"x\"}}}");
        assertThat(wrong.closed().get(10, TimeUnit.SECONDS)).isEqualTo(CloseCode.POLICY);
        WebSocketLine right = line("/telnyx");
        right.send(
                "{\"event\":\"start\",\"start\":{\"call_control_id\":\"c\",\"custom_parameters\":{\"token\":\"t\"}}}");
        right.send("{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"chunk\":0,\"payload\":\"AAAA\"}}");
        leg("c", Role.CUSTOMER);
        right.close();
    }

    @Test
    void shouldAnswerOnlyPathsThatAreOn() throws Exception {
        restart(Map.of("gateway.platforms", "/twilio,azure"));
        assertThat(status("/")).isEqualTo(404);
        assertThat(status("/telnyx")).isEqualTo(404);
        assertThat(status("/twilio")).isEqualTo(426);
        assertThat(status("/azure")).isEqualTo(426);
    }

    @Test
    void shouldHaveRoomForSoManySessions() throws Exception {
        restart(Map.of("gateway.sessions.max", "2"));
        TwilioCaller first = call("CA6");
        call("CA7");
        assertThatThrownBy(() -> call("CA8")).isInstanceOf(CallerException.class);
        first.close();
        await().until(() -> server.sessions() == 1);
        call("CA9");
    }

    @Test
    void shouldCloseOnAMessageThatIsTooLong() throws Exception {
        restart(Map.of("gateway.message.max.bytes", "1024"));
        WebSocketLine line = line("/twilio");
        line.send("x".repeat(1_025));
        assertThat(line.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1_009);
        await().until(() -> server.sessions() == 0);
    }

    @Test
    void shouldGoOnWithOthersWhateverOneSends() {
        WebSocketLine odd = line("/twilio");
        odd.send("}{");
        odd.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        TwilioCaller caller = call("CA10");
        caller.frame(0, FRAME, List.of());
        caller.close();
        await().until(() -> leg("CA10", Role.CUSTOMER).ended);
        odd.close();
    }
}
