package io.undertone.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * Admits clients that present {@code gateway.token}: as {@code Authorization: Bearer TOKEN}, as the password of {@code Authorization:
 * Basic} with any user, as the last part of the path, or, if the platform supports it, as the custom parameter {@code token} of its first
 * message.
 */
final class TokenSecret implements Guard {
    private final byte[] token;
    private final boolean alsoLater;

    /** @param alsoLater whether a peer may present it in its first message instead */
    TokenSecret(String token, boolean alsoLater) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.alsoLater = alsoLater;
    }

    @Override
    public FirstMessage admit(Handshake handshake) throws RefusedException {
        if (isToken(bearer(handshake)) || isToken(password(handshake)) || isToken(lastPart(handshake))) {
            return FirstMessage.FREE;
        }
        boolean showsNothing =
                handshake.header("authorization").isEmpty() && handshake.rest().isEmpty();
        if (!alsoLater || !showsNothing) {
            throw refusal();
        }
        return presented -> {
            if (!isToken(presented)) {
                throw refusal();
            }
        };
    }

    private static RefusedException refusal() {
        return new RefusedException(
                Refusal.UNAUTHORIZED,
                "gateway.token must be presented: as bearer, as password, as the path's last part, or as custom parameter token");
    }

    private boolean isToken(String presented) {
        return MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8));
    }

    private static String bearer(Handshake handshake) {
        return credentials(handshake, "bearer ");
    }

    private static String password(Handshake handshake) {
        try {
            String pair =
                    new String(Base64.getDecoder().decode(credentials(handshake, "basic ")), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String credentials(Handshake handshake, String scheme) {
        String authorization = handshake.header("authorization");
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? authorization.substring(scheme.length()).strip()
                : "";
    }

    private static String lastPart(Handshake handshake) {
        String rest = handshake.rest();
        String part = rest.substring(rest.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
