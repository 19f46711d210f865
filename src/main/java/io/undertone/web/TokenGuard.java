package io.undertone.web;

import io.undertone.signing.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Admits clients that present {@code web.token}: programs as {@code Authorization: Bearer TOKEN}, browsers by a cookie that they get in
 * exchange for it. The cookie holds a hash made with the token, not the token: it is valid for this page only, and until the token changes.
 * Immutable.
 */
final class TokenGuard {
    private static final String COOKIE = "undertone";
    private static final String BEARER = "Bearer ";
    private static final int COOKIE_MAX_AGE_S = 12 * 3_600;

    private final byte[] token;
    private final String cookie;

    /** @param token empty: everyone is admitted */
    TokenGuard(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.cookie = token.isEmpty() ? "" : HexFormat.of().formatHex(Hmac.SHA256.of(this.token, "undertone page"));
    }

    boolean asksForToken() {
        return token.length > 0;
    }

    boolean lets(Request request) {
        if (!asksForToken()) {
            return true;
        }
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return isToken(authorization.substring(BEARER.length()).strip());
        }
        return Request.getCookies(request).stream()
                .anyMatch(sent -> sent.getName().equals(COOKIE) && same(ascii(cookie), ascii(sent.getValue())));
    }

    boolean isToken(String presented) {
        return same(token, presented.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a browser its cookie. */
    void admit(Response response) {
        Response.addCookie(
                response,
                HttpCookie.build(COOKIE, cookie)
                        .path("/")
                        .httpOnly(true)
                        .sameSite(HttpCookie.SameSite.STRICT)
                        .maxAge(COOKIE_MAX_AGE_S)
                        .build());
    }

    /** Compares in constant time. */
    private static boolean same(byte[] expected, byte[] presented) {
        return MessageDigest.isEqual(expected, presented);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
