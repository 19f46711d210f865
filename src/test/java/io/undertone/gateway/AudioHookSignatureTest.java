package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the known-good signature that Genesys publishes. */
class AudioHookSignatureTest {
    private static final String KEY = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh";
    private static final String SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=";
    private static final String TARGET = "/api/v1/voicebiometrics/ws";
    private static final String HOST = "audiohook.example.com";
    private static final long CREATED_S = 1_641_013_200;
    private static final String INPUT = "sig1=(\"@request-target\" \"@authority\" \"audiohook-organization-id\""
            + " \"audiohook-session-id\" \"audiohook-correlation-id\" \"x-api-key\");keyid=\"" + KEY
            + "\";nonce=\"VGhpc0lzQVVuaXF1ZU5vbmNl\";alg=\"hmac-sha256\";created=1641013200;expires=3282026430";
    private static final String SIGNATURE = "sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:";

    private static Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Audiohook-Organization-Id", "d7934305-0972-4844-938e-9060eef73d05");
        headers.put("Audiohook-Session-Id", "30b0e395-84d3-4570-ac13-9a62d8f514c0");
        headers.put("Audiohook-Correlation-Id", "e160e428-53e2-487c-977d-96989bf5c99d");
        headers.put("X-API-KEY", KEY);
        headers.put("Signature-Input", INPUT);
        headers.put("Signature", SIGNATURE);
        return headers;
    }

    private static Handshake handshake(String target, String authority, Map<String, String> headers) {
        return new Handshake(target, authority, "", headers);
    }

    private static AudioHookSignature guard(String publicUrl, long nowS) {
        return new AudioHookSignature(KEY, SECRET, publicUrl, Clock.fixed(Instant.ofEpochSecond(nowS), ZoneOffset.UTC));
    }

    private static void refuses(Guard guard, Handshake handshake) {
        assertThatThrownBy(() -> guard.admit(handshake))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.UNAUTHORIZED));
    }

    @Test
    void shouldLetInWhoSignsAsGenesysDoes() throws RefusedException {
        assertThat(guard("", CREATED_S).admit(handshake(TARGET, HOST, headers())))
                .isSameAs(Guard.FirstMessage.FREE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://audiohook.example.com/api/v1",
                "wss://AudioHook.example.com:443/api/v1/",
                "https://audiohook.example.com/api/v1"
            })
    void shouldCheckAgainstThePublicAddress(String publicUrl) {
        assertThatCode(() ->
                        guard(publicUrl, CREATED_S).admit(handshake("/voicebiometrics/ws", "10.0.0.1:8091", headers())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"-4, false", "-3, true", "0, true", "10, true", "11, false"})
    void shouldHeedTheClock(long sinceCreatedS, boolean good) {
        Guard guard = guard("", CREATED_S + sinceCreatedS);
        if (good) {
            assertThatCode(() -> guard.admit(handshake(TARGET, HOST, headers())))
                    .doesNotThrowAnyException();
        } else {
            refuses(guard, handshake(TARGET, HOST, headers()));
        }
    }

    @Test
    void shouldHeedTheExpiry() {
        // The base with expires=1641013203, signed by: openssl dgst -sha256 -mac HMAC -macopt hexkey:SECRET -binary |
        // base64
        Map<String, String> late = headers();
        late.put("Signature-Input", INPUT.replace("expires=3282026430", "expires=1641013202"));
        refuses(guard("", CREATED_S), handshake(TARGET, HOST, late));
        Map<String, String> early = headers();
        early.put("Signature-Input", INPUT.replace("expires=3282026430", "expires=1641013203"));
        early.put("Signature", "sig1=:hq5n1jiF0ZFkAjzhW0Z+TDdO3LX0TUjM3TiUuYt7jCg=:");
        assertThatCode(() -> guard("", CREATED_S).admit(handshake(TARGET, HOST, early)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Audiohook-Organization-Id",
                "Audiohook-Session-Id",
                "Audiohook-Correlation-Id",
                "X-API-KEY",
                "Signature-Input",
                "Signature"
            })
    void shouldRefuseWhereAHeaderIsMissingOrChanged(String header) {
        Map<String, String> without = headers();
        without.remove(header);
        refuses(guard("", CREATED_S), handshake(TARGET, HOST, without));
        Map<String, String> changed = headers();
        changed.computeIfPresent(header, (name, value) -> value.replaceFirst("[0-9a]", "b"));
        assertThat(changed).isNotEqualTo(headers());
        refuses(guard("", CREATED_S), handshake(TARGET, HOST, changed));
    }

    @Test
    void shouldRefuseAnotherAddress() {
        refuses(guard("", CREATED_S), handshake(TARGET + "?a", HOST, headers()));
        refuses(guard("", CREATED_S), handshake(TARGET, "audiohook.example.com:8091", headers()));
        refuses(guard("wss://calls.example.com", CREATED_S), handshake(TARGET, HOST, headers()));
    }

    @Test
    void shouldRefuseAnotherKeyOrSecret() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(CREATED_S), ZoneOffset.UTC);
        refuses(new AudioHookSignature("another", SECRET, "", clock), handshake(TARGET, HOST, headers()));
        refuses(new AudioHookSignature(KEY, "YW5vdGhlcg==", "", clock), handshake(TARGET, HOST, headers()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";created=\"1641013200\"",
                ";created=99999999999999999999",
                ";alg=\"none\"",
                ";nonce=\"short\"",
                ";more=\"x\"",
                ";keyid=\"a\\\"b\"",
                " ",
                ", sig2=(\"x-api-key\")"
            })
    void shouldRefuseInputsThatAreNotOfItsForm(String more) {
        Map<String, String> headers = headers();
        headers.put("Signature-Input", INPUT + more);
        refuses(guard("", CREATED_S), handshake(TARGET, HOST, headers));
    }

    @Test
    void shouldRefuseWhereTooLittleIsSigned() {
        Map<String, String> headers = headers();
        headers.put("Signature-Input", INPUT.replace(" \"audiohook-session-id\"", ""));
        refuses(guard("", CREATED_S), handshake(TARGET, HOST, headers));
    }

    @Test
    void shouldAskForTheKeyAloneWhereThereIsNoSecret() {
        Guard guard = new AudioHookSignature(KEY, "", "", Clock.systemUTC());
        assertThatCode(() -> guard.admit(handshake(TARGET, HOST, Map.of("x-api-key", KEY))))
                .doesNotThrowAnyException();
        refuses(guard, handshake(TARGET, HOST, Map.of("x-api-key", "another")));
        refuses(guard, handshake(TARGET, HOST, Map.of()));
    }
}
