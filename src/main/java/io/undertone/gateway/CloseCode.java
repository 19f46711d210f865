package io.undertone.gateway;

/** Codes that a WebSocket is closed with (RFC 6455, 7.4.1, and its registry). */
final class CloseCode {
    static final int NORMAL = 1_000;
    static final int GOING_AWAY = 1_001;
    /** The peer may not do what it tried, or has no right to. */
    static final int POLICY = 1_008;
    /** Clients that honour it reconnect. */
    static final int SERVICE_RESTART = 1_012;
    /** Too much load; worth another try later. */
    static final int TRY_AGAIN_LATER = 1_013;

    private CloseCode() {}
}
