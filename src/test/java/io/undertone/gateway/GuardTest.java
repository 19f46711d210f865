package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardTest {
    // printf 'wss://calls.example.com/twilio' | openssl dgst -sha1 -hmac 12345678901234567890123456789012 -binary |
    // base64
    private static final String SIGNED = "h7FY6VAg5pD8AlftW/CAHQxfOy8=";
    private static final String AUTH_TOKEN = "12345678901234567890123456789012";

    private static Handshake signed(String target, String authority, String signature) {
        return new Handshake(target, authority, "", Map.of("X-Twilio-Signature", signature));
    }

    @Test
    void shouldLetInWhoSignsAsTwilioDoes() {
        Guard guard = new TwilioSignature(AUTH_TOKEN, "wss://calls.example.com");
        assertThatCode(() -> guard.admit(signed("/twilio", "10.0.0.1:8091", SIGNED)))
                .doesNotThrowAnyException();
        Guard https = new TwilioSignature(AUTH_TOKEN, "https://calls.example.com/");
        assertThatCode(() -> https.admit(signed("/twilio", "10.0.0.1:8091", SIGNED)))
                .doesNotThrowAnyException();
        Guard direct = new TwilioSignature(AUTH_TOKEN, "");
        assertThatCode(() -> direct.admit(signed("/twilio", "calls.example.com", SIGNED)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotLetInWhoDoesNot() {
        Guard guard = new TwilioSignature(AUTH_TOKEN, "wss://calls.example.com");
        for (Handshake handshake : new Handshake[] {
            signed("/twilio", "calls.example.com", ""),
            signed("/twilio", "calls.example.com", "x" + SIGNED),
            signed("/twilio/other", "calls.example.com", SIGNED),
            Handshake.empty()
        }) {
            refuses(guard, handshake);
        }
        refuses(new TwilioSignature("another", "wss://calls.example.com"), signed("/twilio", "", SIGNED));
    }

    private static void refuses(Guard guard, Handshake handshake) {
        assertThatThrownBy(() -> guard.admit(handshake))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.UNAUTHORIZED));
    }

    private static Handshake with(String rest, String authorization) {
        return new Handshake(
                "/telnyx", "", rest, authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTakeATokenInAnyOfItsPlaces() throws RefusedException {
        Guard guard = new TokenSecret("s3cret+/", false);
        for (Handshake handshake : new Handshake[] {
            with("", "Bearer s3cret+/"),
            with("", "bearer  s3cret+/ "),
            with("", basic("undertone:s3cret+/")),
            with("s3cret%2B%2F", ""),
            with("a/b/s3cret+%2f", "Bearer another")
        }) {
            assertThat(guard.admit(handshake)).isSameAs(Guard.FirstMessage.FREE);
        }
        for (Handshake handshake : new Handshake[] {
            with("", ""),
            with("", "Bearer"),
            with("", "Bearer s3cret"),
            with("", basic("s3cret+/:")),
            with("", "Basic %%%"),
            with("s3cret%2", "")
        }) {
            refuses(guard, handshake);
        }
    }

    @Test
    void shouldWaitForTheTokenOfTheFirstMessage() throws RefusedException {
        Guard guard = new TokenSecret("t", true);
        Guard.FirstMessage first = guard.admit(with("", ""));
        assertThatCode(() -> first.check("t")).doesNotThrowAnyException();
        assertThatThrownBy(() -> first.check("")).isInstanceOf(RefusedException.class);
        refuses(guard, with("", "Bearer wrong"));
        refuses(guard, with("wrong", ""));
    }
}
