package io.undertone.web;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Without a token, refuses requests that name another host than this machine's loopback. Otherwise a foreign web site could point its own
 * name to 127.0.0.1 and read calls through a visitor's browser ("DNS rebinding"). Immutable.
 */
final class HostGuard {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final boolean all;
    private final String webHost;

    /**
     * A guard.
     *
     * @param webHost where the page listens
     * @param asksForToken whether a token protects the page; then any host will do
     */
    HostGuard(String webHost, boolean asksForToken) {
        this.all = asksForToken;
        this.webHost = webHost.toLowerCase(Locale.ROOT);
    }

    /** @param host as the request names it, without the port */
    boolean lets(@Nullable String host) {
        if (all) {
            return true;
        }
        if (host == null) {
            return false;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(lower) || lower.equals(webHost) || lower.equals("[" + webHost + "]");
    }

    /**
     * Whether a request with side effects or cost is accepted from its origin. Browsers send the origin of the page; any page can send
     * requests to 127.0.0.1 without being able to read the response.
     *
     * @param origin the header; null from programs
     * @param host the header
     */
    boolean letsFrom(String method, @Nullable String origin, @Nullable String host) {
        return all || !method.equals("POST") || origin == null || origin.equalsIgnoreCase("http://" + host);
    }
}
