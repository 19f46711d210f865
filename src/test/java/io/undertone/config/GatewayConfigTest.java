package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
    private static UndertoneConfig of(String... pairs) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        return new UndertoneConfig(given);
    }

    @Test
    void shouldListenOnLoopbackUnlessToldOtherwise() {
        GatewayConfig gateway = UndertoneConfig.defaults().gateway();
        assertThat(gateway.host()).isEqualTo("127.0.0.1");
        assertThat(gateway.port()).isEqualTo(8_091);
        assertThat(gateway.platforms()).hasSize(12).contains("twilio", "freeswitch");
        assertThat(gateway.audioSocketPort()).isZero();
        assertThat(gateway.role()).isEqualTo("CUSTOMER");
        assertThat(gateway.customerTracks()).containsExactly("inbound", "external");
        assertThat(gateway.chunkMs()).isEqualTo(200);
    }

    @Test
    void shouldAskForASecretOfEachPlatformThatIsOn() {
        assertThatThrownBy(() -> of("gateway.host", "0.0.0.0"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gateway.twilio.auth.token")
                .hasMessageContaining("gateway.platforms");
        assertThatThrownBy(() -> of("gateway.host", "0.0.0.0", "gateway.twilio.auth.token", "a"))
                .hasMessageContaining("gateway.token");
        assertThatThrownBy(
                        () -> of("gateway.host", "::", "gateway.platforms", "genesys", "gateway.genesys.api.key", "a"))
                .hasMessageContaining("gateway.genesys.client.secret");
        assertThatCode(() ->
                        of("gateway.host", "0.0.0.0", "gateway.platforms", "/twilio", "gateway.twilio.auth.token", "a"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseWhatIsNoPlatformAndNoSide() {
        assertThatThrownBy(() -> of("gateway.platforms", "twillio")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> of("gateway.customer.track", "middle")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> of("gateway.customer.track", "nobody:inbound")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> of("gateway.public.url", "calls.example.com")).isInstanceOf(ConfigException.class);
        assertThatCode(() -> of(
                        "gateway.customer.track",
                        "plivo:outbound,inbound",
                        "gateway.public.url",
                        "wss://calls.example.com"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldHideItsSecrets() {
        assertThat(of("gateway.token", "t", "gateway.twilio.auth.token", "t")
                        .shown()
                        .values())
                .doesNotContain("t");
    }
}
