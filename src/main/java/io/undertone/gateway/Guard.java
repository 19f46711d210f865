package io.undertone.gateway;

/** Says who may connect to a platform's path. Immutable, thread-safe. */
interface Guard {
    /**
     * Looks at a handshake.
     *
     * @return what the first message still has to show
     * @throws RefusedException where the peer has no right to connect
     */
    FirstMessage admit(Handshake handshake) throws RefusedException;

    /** Asks for nothing: for loopback. */
    static Guard open() {
        return handshake -> FirstMessage.FREE;
    }

    /** What a peer has to show once it is connected. */
    interface FirstMessage {
        /** It has shown all. */
        FirstMessage FREE = token -> {};

        /**
         * @param token what the message holds as custom parameter {@code token}; empty: none
         * @throws RefusedException where that is not the one
         */
        void check(String token) throws RefusedException;
    }
}
