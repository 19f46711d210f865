package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigTest {
    private static final String SECRET = "whsec_" + "c".repeat(32);
    private static final String NEWER = "whsec_" + "d".repeat(32);

    private static WebhookConfig config(String receivers, String secrets, String... others) {
        Map<String, String> settings = new HashMap<>(
                Map.of("stages", "webhooks", "webhooks.receivers", receivers, "webhooks.secrets", secrets));
        for (String other : others) {
            settings.put(other.substring(0, other.indexOf('=')), other.substring(other.indexOf('=') + 1));
        }
        return new UndertoneConfig(settings).webhooks();
    }

    @Test
    void shouldReadReceivers() {
        WebhookConfig config = config(
                "crm: alerts, summaries to https://crm.example.com/a?to=b; pager: https://[2606:4700::1]:8443/",
                "pager: " + SECRET + "; crm: " + NEWER + ", " + SECRET);

        assertThat(config.receivers())
                .containsExactly(
                        new WebhookReceiver(
                                "crm",
                                java.util.Set.of(WebhookKind.ALERTS, WebhookKind.SUMMARIES),
                                URI.create("https://crm.example.com/a?to=b"),
                                List.of(NEWER, SECRET)),
                        new WebhookReceiver(
                                "pager",
                                java.util.Set.of(WebhookKind.values()),
                                URI.create("https://[2606:4700::1]:8443/"),
                                List.of(SECRET)));
    }

    @Test
    void shouldShowNeitherSecretNorUrl() {
        assertThat(config("crm: https://crm.example.com/token", "crm: " + SECRET)
                        .receivers()
                        .toString())
                .contains("crm")
                .doesNotContain("token", "whsec");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://crm.example.com/",
                "CRM: https://crm.example.com/",
                "crm: ftp://crm.example.com/",
                "crm: https:///hook",
                "crm: https://user:pw@crm.example.com/",
                "crm: https://crm.example.com/#part",
                "crm: events to https://crm.example.com/",
                "crm: , to https://crm.example.com/",
                "crm: https://a.example/; crm: https://b.example/",
                "crm: https://a b/"
            })
    void shouldRefuseReceiversThatCannotBe(String receivers) {
        assertThatThrownBy(() -> config(receivers, "crm: " + SECRET))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("webhooks.receivers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "crm",
                "crm: ",
                "crm: secret",
                "crm: whsec_c2hvcnQ=",
                "crm: whsec_!",
                "other: whsec_cccccccccccccccccccccccccccccccc"
            })
    void shouldRefuseSecretsThatCannotBeWithoutShowingThem(String secrets) {
        assertThatThrownBy(() -> config("crm: https://crm.example.com/", secrets))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("webhooks.secrets")
                .hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void shouldWantSomeoneToPostToAndWaitsThatGrow() {
        assertThatThrownBy(() -> config("", "")).hasMessageContaining("must name a receiver");
        assertThatThrownBy(() -> config(
                        "crm: https://crm.example.com/",
                        "crm: " + SECRET,
                        "webhooks.backoff.first.ms=5000",
                        "webhooks.backoff.max.ms=1000"))
                .hasMessageContaining("webhooks.backoff.max.ms=1000");
        assertThat(UndertoneConfig.defaults().webhooks().receivers()).isEmpty();
    }

    @Test
    void shouldReadNetworks() throws Exception {
        IpNetwork odd = IpNetwork.parse("10.1.2.128/25");

        assertThat(odd.contains(InetAddress.getByName("10.1.2.128"))).isTrue();
        assertThat(odd.contains(InetAddress.getByName("10.1.2.127"))).isFalse();
        assertThat(odd.contains(InetAddress.getByName("::1"))).isFalse();
        assertThat(IpNetwork.parse("::1").contains(InetAddress.getByName("::1")))
                .isTrue();
        assertThat(IpNetwork.parse("0.0.0.0/0").contains(InetAddress.getByName("8.8.8.8")))
                .isTrue();
        for (String wrong :
                List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0/16", "300.0.0.1")) {
            assertThatThrownBy(() -> IpNetwork.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(
                        () -> config("crm: https://a.example/", "crm: " + SECRET, "webhooks.networks.allowed=intranet"))
                .hasMessageContaining("webhooks.networks.allowed");
    }
}
