package io.undertone.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Test case 2 of RFC 2202 and of RFC 4231. */
class HmacTest {
    private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.US_ASCII);
    private static final String TEXT = "what do ya want for nothing?";

    @Test
    void shouldAuthenticateWithSha1() {
        assertThat(HexFormat.of().formatHex(Hmac.SHA1.of(KEY, TEXT)))
                .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    @Test
    void shouldAuthenticateWithSha256() {
        assertThat(HexFormat.of().formatHex(Hmac.SHA256.of(KEY, TEXT)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
