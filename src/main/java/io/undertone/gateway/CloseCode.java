package io.undertone.gateway;

/** WebSocket close codes (RFC 6455, 7.4.1, and its registry). */
final class CloseCode {
    static final int NORMAL = 1_000;
    static final int GOING_AWAY = 1_001;
    /** The peer broke the protocol or is not authorised. */
    static final int POLICY = 1_008;
    /** Clients that support it reconnect. */
    static final int SERVICE_RESTART = 1_012;
    /** Overloaded; the client may retry later. */
    static final int TRY_AGAIN_LATER = 1_013;

    private CloseCode() {}
}
