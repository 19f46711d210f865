package io.undertone.gateway;

import java.util.List;

/**
 * What a session may do.
 *
 * @param firstMessageMs a call must be opened within this time
 * @param idleMs a session that nothing came from for so long is over
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
