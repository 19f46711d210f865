package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.EmotionAlert;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.RecordFormat;
import io.undertone.config.IpNetwork;
import io.undertone.config.PemTrust;
import io.undertone.config.UndertoneConfig;
import io.undertone.config.WebhookReceiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The receiver that the page shows, and the configurations beside it. */
class ReceiverExampleTest {
    private static final Path PAGE = Path.of("docs/webhooks.md");
    private static final String OTHER_SECRET = "whsec_" + "d".repeat(32);

    private Process receiver;
    private BufferedReader printed;
    private String secret;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        String command = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("python3 docs/examples/receive_webhooks.py"))
                .findFirst()
                .orElseThrow();
        String[] words = command.split(" ");
        secret = words[2];
        try {
            // Any free port.
            receiver = new ProcessBuilder(words[0], "-B", words[1], secret, "0").start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: no python3 here");
        }
        printed = receiver.inputReader(StandardCharsets.UTF_8);
        String said = receiver.errorReader(StandardCharsets.UTF_8).readLine();
        assertThat(said).startsWith("listening at port ");
        port = Integer.parseInt(said.substring("listening at port ".length()));
    }

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.destroy();
        }
    }

    private Outcome post(Message message, long nowMs, String... secrets) {
        HttpPoster.allowOwnHost();
        WebhookReceiver to = new WebhookReceiver(
                "trial", java.util.Set.of(), URI.create("http://127.0.0.1:" + port + "/"), List.of(secrets));
        return new HttpPoster(
                        to,
                        new AddressRule(List.of(IpNetwork.parse("127.0.0.1"))),
                        Duration.ofSeconds(60),
                        PemTrust.ofJava(),
                        Runnable::run,
                        InetAddress::getAllByName,
                        () -> nowMs)
                .post(message, 0);
    }

    private static Message alert(int index) throws Exception {
        byte[] bytes = new AvroCodec<>(EmotionAlert.class).encode(Alerts.alert("anruf-ä", index, Instant.now()));
        return new Messages(UndertoneConfig.defaults(), RecordFormat.singleObject()).of("emotion-alerts", bytes);
    }

    @Test
    void shouldTakeWhatIsSignedOnceAndRefuseAllElse() throws Exception {
        long now = System.currentTimeMillis();

        assertThat(post(alert(1), now, OTHER_SECRET).detail()).isEqualTo("it answered 401");
        assertThat(post(alert(1), now - 3_600_000, secret).detail())
                .as("an hour old")
                .isEqualTo("it answered 401");
        assertThat(post(alert(1), now, secret)).isEqualTo(Outcome.delivered());
        assertThat(post(alert(1), now, secret)).as("again").isEqualTo(Outcome.delivered());
        assertThat(post(alert(2), now, OTHER_SECRET, secret))
                .as("while the secret changes")
                .isEqualTo(Outcome.delivered());

        for (int index = 1; index <= 2; index++) {
            JsonNode line = new ObjectMapper().readTree(printed.readLine());
            assertThat(line.path("type").asText()).isEqualTo("call.alert");
            assertThat(line.path("alertId").asText()).isEqualTo("anruf-ä/CUSTOMER/angry/" + index);
        }
    }

    @Test
    void shouldShowConfigurationsThatHold() throws Exception {
        List<Integer> receivers = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```properties\n(.*?)```").matcher(Files.readString(PAGE));
        while (block.find()) {
            Properties properties = new Properties();
            properties.load(new StringReader(block.group(1)));
            Map<String, String> settings = new HashMap<>(Map.of("stages", "webhooks"));
            properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
            receivers.add(new UndertoneConfig(settings).webhooks().receivers().size());
        }
        assertThat(receivers).containsExactly(2, 1);
    }
}
