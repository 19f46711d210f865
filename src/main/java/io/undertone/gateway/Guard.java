package io.undertone.gateway;

/** Decides who may connect to a platform's path. Immutable, thread-safe. */
interface Guard {
    /**
     * Checks a handshake.
     *
     * @return what the first message must still prove
     * @throws RefusedException if the peer is not authorised
     */
    FirstMessage admit(Handshake handshake) throws RefusedException;

    /** Admits everyone, for loopback. */
    static Guard open() {
        return handshake -> FirstMessage.FREE;
    }

    /** The check of a peer's first message. */
    interface FirstMessage {
        /** Nothing more is required. */
        FirstMessage FREE = token -> {};

        /**
         * @param token the message's custom parameter {@code token}; empty: none
         * @throws RefusedException if the token is wrong
         */
        void check(String token) throws RefusedException;
    }
}
