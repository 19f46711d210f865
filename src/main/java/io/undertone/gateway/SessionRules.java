package io.undertone.gateway;

/**
 * What a session may do.
 *
 * @param firstMessageMs a call must be opened within this time
 * @param idleMs a session that nothing came from for so long is over
 */
record SessionRules(long firstMessageMs, long idleMs) {
    SessionRules {
        if (firstMessageMs < 1 || idleMs < 1) {
            throw new IllegalArgumentException(
                    "times must be >= 1 ms: firstMessageMs=" + firstMessageMs + ", idleMs=" + idleMs);
        }
    }
}
