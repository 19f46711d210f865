package io.undertone.gateway;

import java.util.Locale;

/** Why a connection, or a call on it, is not taken. */
enum Refusal {
    /** No secret, or a wrong one. */
    UNAUTHORIZED,
    /** What it is asked is none of the platform's paths, or no WebSocket. */
    NO_SUCH_PATH,
    /** As many sessions as there may be. */
    SESSIONS,
    /** As many sessions of its address as there may be. */
    ADDRESS,
    /** No call was opened in time. */
    NO_START,
    /** A call id that cannot be one. */
    CALL_ID,
    /** A codec or rate that is not taken. */
    CODEC,
    /** A message that is too long. */
    TOO_LARGE,
    /** Messages that break the protocol. */
    PROTOCOL;

    /** As metrics name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
