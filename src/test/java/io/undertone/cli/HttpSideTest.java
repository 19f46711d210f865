package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.config.ConfigSources;
import io.undertone.config.Stage;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpecs;
import io.undertone.topology.UndertoneStreams;
import io.undertone.web.WebStartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Health and metrics of several processes on one machine. */
class HttpSideTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void shouldTakeAnotherPortAndSayWhichWhereTheFirstIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            UndertoneConfig config = config(taken, "features");
            List<String> said = new ArrayList<>();
            try (UndertoneStreams streams = streams(config);
                    HttpSide http = HttpSide.open(config, registry, streams, null, said::add)) {
                int port = URI.create(http.address()).getPort();

                assertThat(port).isGreaterThan(taken.getLocalPort());
                assertThat(said)
                        .containsExactly("port " + taken.getLocalPort() + " is taken, so that health and metrics are at"
                                + " port " + port + "; web.port sets another");
            }
        }
    }

    @Test
    void shouldNotMoveThePage() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            UndertoneConfig config = config(taken, "web");
            try (UndertoneStreams streams = streams(config)) {
                assertThatThrownBy(() -> HttpSide.open(config, registry, streams, null, line -> {}))
                        .isInstanceOf(WebStartException.class)
                        .hasMessageContaining("set web.host and web.port");
            }
        }
    }

    @Test
    void shouldSayHowTheGatewayIs() throws Exception {
        UndertoneConfig config =
                new ConfigSources().set("stages=gateway").set("web.port=0").load();
        AtomicBoolean kafka = new AtomicBoolean(true);
        try (UndertoneStreams streams = streams(config);
                HttpSide http = HttpSide.open(config, registry, streams, null, line -> {})) {
            streams.start();
            http.launched();
            assertThat(health(http, "ready").statusCode()).isEqualTo(503);
            assertThat(health(http, "started").statusCode()).isEqualTo(503);
            assertThat(health(http, "live").statusCode()).isEqualTo(200);

            http.beside(Stage.GATEWAY, () -> kafka.get() ? "listening" : "Kafka takes no audio", kafka::get);
            assertThat(health(http, "ready").statusCode()).isEqualTo(200);
            assertThat(health(http, "ready").body()).contains("\"gateway\":\"listening\"");
            assertThat(health(http, "started").statusCode()).isEqualTo(200);

            kafka.set(false);
            assertThat(health(http, "ready").statusCode()).isEqualTo(503);
            assertThat(health(http, "ready").body()).contains("\"gateway\":\"Kafka takes no audio\"");
            assertThat(health(http, "live").statusCode()).isEqualTo(200);
            assertThat(health(http, "started").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> health(HttpSide http, String which) throws Exception {
        URI address = URI.create(http.address()).resolve("/health/" + which);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private UndertoneStreams streams(UndertoneConfig config) {
        return new UndertoneStreams(config, FeatureSpecs.telephone(), null, registry);
    }

    private static UndertoneConfig config(ServerSocket taken, String stages) {
        return new ConfigSources()
                .set("stages=" + stages)
                .set("web.port=" + taken.getLocalPort())
                .load();
    }
}
