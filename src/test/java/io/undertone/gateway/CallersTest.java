package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.caller.AsteriskCaller;
import io.undertone.caller.CallPlayer;
import io.undertone.caller.Caller;
import io.undertone.caller.CallerException;
import io.undertone.caller.GenesysCaller;
import io.undertone.caller.TwilioCaller;
import io.undertone.config.UndertoneConfig;
import io.undertone.gateway.HeardCalls.HeardLeg;
import io.undertone.metrics.GatewayMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's clients, each with its secret, over real sockets. */
class CallersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TOKEN = "token";
    private static final String API_KEY = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh";
    private static final String SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, HeardLeg> legs = new ConcurrentHashMap<>();
    private final GatewayServer server = start();

    private GatewayServer start() {
        Calls calls = new Calls(
                (platform, callId, role, attributes) ->
                        legs.computeIfAbsent(callId + "/" + role, key -> new HeardLeg()),
                FormerLegs.none());
        GatewayServer started = new GatewayServer(
                new UndertoneConfig(Map.of(
                        "gateway.port", "0",
                        "gateway.token", TOKEN,
                        "gateway.twilio.auth.token", TOKEN,
                        "gateway.genesys.api.key", API_KEY,
                        "gateway.genesys.client.secret", SECRET)),
                calls,
                new GatewayMetrics(new SimpleMeterRegistry()),
                System::currentTimeMillis);
        started.start();
        return started;
    }

    @AfterEach
    void close() {
        server.close();
    }

    private URI address() {
        return URI.create("ws://127.0.0.1:" + server.port());
    }

    private Caller connect(String platform, boolean both) {
        return switch (platform) {
            case "genesys" -> GenesysCaller.connect(client, address(), API_KEY, SECRET, "call", both);
            case "asterisk" -> AsteriskCaller.connect(client, address(), TOKEN, "call", both);
            default -> TwilioCaller.connect(client, address(), TOKEN, "call", 8_000, both);
        };
    }

    private static Recording noise() {
        Random random = new Random(7);
        float[][] channels = new float[2][8_000 * 3 + 77];
        for (float[] channel : channels) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = random.nextFloat() - 0.5f;
            }
        }
        return new Recording(8_000, channels);
    }

    private boolean hasEnded(Role role) {
        HeardLeg leg = legs.get("call/" + role);
        return leg != null && leg.ended;
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "genesys", "asterisk"})
    void shouldPlayACallOfTwoSides(String platform) throws Exception {
        Recording recording = noise();
        try (Caller caller = connect(platform, true)) {
            CallPlayer.play(recording.stream(), 1, 0, Double.POSITIVE_INFINITY, caller);
        }
        for (Role role : List.of(Role.CUSTOMER, Role.AGENT)) {
            await().atMost(PATIENCE).until(() -> hasEnded(role));
            assertThat(legs.getOrDefault("call/" + role, new HeardLeg()).bytes())
                    .isEqualTo(recording.encode(
                            role == Role.CUSTOMER ? 1 : 0, 0, recording.samples(), SampleFormat.MULAW));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "genesys", "asterisk"})
    void shouldPlayACallOfOneSide(String platform) throws Exception {
        Recording recording = noise();
        try (Caller caller = connect(platform, false)) {
            CallPlayer.play(recording.stream(), 1, CallPlayer.NOBODY, Double.POSITIVE_INFINITY, caller);
        }
        await().atMost(PATIENCE).until(() -> hasEnded(Role.CUSTOMER));
        assertThat(legs).containsOnlyKeys("call/CUSTOMER");
    }

    @Test
    void shouldNotLetInWhoHasAnotherSecret() {
        assertThatThrownBy(() -> GenesysCaller.connect(client, address(), API_KEY, "b3RoZXI=", "call", true))
                .isInstanceOf(CallerException.class);
        assertThatThrownBy(() -> AsteriskCaller.connect(client, address(), "other", "call", true))
                .isInstanceOf(CallerException.class);
        assertThat(legs).isEmpty();
    }
}
