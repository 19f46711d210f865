package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.IpNetwork;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private static final AddressRule STRICT = new AddressRule(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.1.2.3", "169.254.169.254",
                        "172.16.0.1",
                "172.31.255.255", "192.0.0.1", "192.168.1.1", "198.19.0.1", "224.0.0.1", "255.255.255.255", "::", "::1",
                "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::a00:1", "fc00::1", "fd12::1", "fe80::1",
                        "fec0::1",
                "ff02::1", "2001::1", "2001:db8::1", "2002:a00:1::", "100::1"
            })
    void shouldRefuseWhatIsNotPublic(String address) throws Exception {
        assertThat(STRICT.refusal(InetAddress.getByName(address), true))
                .hasValueSatisfying(reason -> assertThat(reason).contains("webhooks.networks.allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.128.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.254",
                "2606:4700::1111",
                "2a00::1"
            })
    void shouldAdmitPublicAddressesByTlsAlone(String address) throws Exception {
        assertThat(STRICT.refusal(InetAddress.getByName(address), true)).isEmpty();
        assertThat(STRICT.refusal(InetAddress.getByName(address), false))
                .hasValueSatisfying(reason -> assertThat(reason).contains("https"));
    }

    @Test
    void shouldAdmitTheNetworksThatItWasTold() throws Exception {
        AddressRule rule = new AddressRule(List.of(IpNetwork.parse("10.1.0.0/16"), IpNetwork.parse("fd00::/8")));

        for (String address : List.of("10.1.0.1", "10.1.255.255", "fd12::1")) {
            assertThat(rule.refusal(InetAddress.getByName(address), false)).isEmpty();
        }
        for (String address : List.of("10.0.255.255", "10.2.0.0", "fc00::1", "127.0.0.1")) {
            assertThat(rule.refusal(InetAddress.getByName(address), true)).isPresent();
        }
    }
}
