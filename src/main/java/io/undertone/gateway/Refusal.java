package io.undertone.gateway;

import java.util.Locale;

/** Why a connection, or a call on it, is refused. */
enum Refusal {
    /** A missing or wrong secret. */
    UNAUTHORIZED,
    /** An unknown path, or a request that is not a WebSocket handshake. */
    NO_SUCH_PATH,
    /** The limit of sessions is reached. */
    SESSIONS,
    /** The limit of sessions per address is reached. */
    ADDRESS,
    /** No call was opened in time. */
    NO_START,
    /** An invalid call id. */
    CALL_ID,
    /** An unsupported codec or rate. */
    CODEC,
    /** A message that is too long. */
    TOO_LARGE,
    /** Messages that break the protocol. */
    PROTOCOL;

    /** The name in metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
