package io.undertone.gateway;

import java.util.List;

/**
 * Limits of a session.
 *
 * @param firstMessageMs a call must be opened within this time
 * @param idleMs a session that receives nothing for this long is closed
 * @param attributes names of the custom parameters that become attributes of its call
 */
record SessionRules(long firstMessageMs, long idleMs, List<String> attributes) {
    SessionRules {
        attributes = List.copyOf(attributes);
        if (firstMessageMs < 1 || idleMs < 1) {
            throw new IllegalArgumentException(
                    "times must be >= 1 ms: firstMessageMs=" + firstMessageMs + ", idleMs=" + idleMs);
        }
    }
}
