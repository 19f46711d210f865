package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
    private final HostGuard open = new HostGuard("Box.example", false);

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "[::1]", "::1", "box.example", "BOX.EXAMPLE"})
    void shouldLetLoopbackAndItsOwnNameIn(String host) {
        assertThat(open.lets(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.2", "box.example.evil", ""})
    void shouldRefuseOtherNames(String host) {
        assertThat(open.lets(host)).isFalse();
    }

    @Test
    void shouldRefuseARequestWithoutHost() {
        assertThat(open.lets(null)).isFalse();
    }

    @Test
    void shouldLetAnyHostInWhereATokenIsAskedFor() {
        HostGuard guarded = new HostGuard("127.0.0.1", true);
        assertThat(guarded.lets("page.example")).isTrue();
        assertThat(guarded.lets(null)).isTrue();
        assertThat(guarded.letsFrom("POST", "http://evil.example", "page.example"))
                .isTrue();
    }

    @Test
    void shouldKnowAnAddressOfIpv6WithAndWithoutBrackets() {
        HostGuard ipv6 = new HostGuard("fd00::5", false);
        assertThat(ipv6.lets("fd00::5")).isTrue();
        assertThat(ipv6.lets("[FD00::5]")).isTrue();
        assertThat(ipv6.lets("[fd00::6]")).isFalse();
    }

    @Test
    void shouldRefusePostsOfOtherPages() {
        assertThat(open.letsFrom("POST", "http://evil.example", "localhost:8080"))
                .isFalse();
        assertThat(open.letsFrom("POST", "null", "localhost:8080"))
                .as("a sandboxed page")
                .isFalse();
        assertThat(open.letsFrom("POST", "http://LOCALHOST:8080", "localhost:8080"))
                .isTrue();
        assertThat(open.letsFrom("POST", null, "localhost:8080"))
                .as("a program")
                .isTrue();
        assertThat(open.letsFrom("GET", "http://evil.example", "localhost:8080"))
                .as("whose answer the page cannot read")
                .isTrue();
    }
}
