package io.undertone.web;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where no token is asked for, refuses requests that name another host than this machine's loopback. Else a foreign web site could
 * let its own name point to 127.0.0.1 and have a visitor's browser read the calls for it ("DNS rebinding"). Immutable.
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
     * Whether a request that changes or costs something may come from where it does. Browsers say on which page its sender stood;
     * any page can send to 127.0.0.1 without being able to read the answer.
     *
     * @param origin the header; null from programs
     * @param host the header
     */
    boolean letsFrom(String method, @Nullable String origin, @Nullable String host) {
        return all || !method.equals("POST") || origin == null || origin.equalsIgnoreCase("http://" + host);
    }
}
