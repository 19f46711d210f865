package io.undertone.gateway;

import io.undertone.signing.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * Admits clients that sign as Twilio does: header {@code X-Twilio-Signature} = base64(HMAC-SHA1(token, address)), where the address is the
 * one given in TwiML, {@code wss://calls.example.com/twilio}. Behind a proxy the request no longer contains it, so it is a setting.
 */
final class TwilioSignature implements Guard {
    private static final String HEADER = "x-twilio-signature";

    private final byte[] token;
    private final String publicUrl;

    /**
     * @param token {@code gateway.twilio.auth.token}
     * @param publicUrl {@code gateway.public.url}; empty: the address in the request
     */
    TwilioSignature(String token, String publicUrl) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.publicUrl = publicUrl;
    }

    @Override
    public FirstMessage admit(Handshake handshake) throws RefusedException {
        byte[] presented = handshake.header(HEADER).getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        // The scheme given to Twilio is unknown, so all are tried; without the token none can be signed.
        for (String scheme : new String[] {"wss://", "https://", "ws://", "http://"}) {
            String address = scheme + withoutScheme(base(handshake)) + handshake.target();
            matches |= MessageDigest.isEqual(presented, sign(address).getBytes(StandardCharsets.UTF_8));
        }
        if (!matches) {
            throw new RefusedException(
                    Refusal.UNAUTHORIZED,
                    "X-Twilio-Signature must be the address signed with gateway.twilio.auth.token; behind a proxy, set"
                            + " gateway.public.url to the address in TwiML, without /twilio");
        }
        return FirstMessage.FREE;
    }

    private String base(Handshake handshake) {
        return publicUrl.isEmpty() ? handshake.authority() : publicUrl;
    }

    private static String withoutScheme(String url) {
        int scheme = url.indexOf("://");
        String bare = scheme < 0 ? url : url.substring(scheme + 3);
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private String sign(String address) {
        return Base64.getEncoder().encodeToString(Hmac.SHA1.of(token, address));
    }
}
