package io.undertone.gateway;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A source of calls with its own path. Immutable.
 *
 * @param name its name and path: {@code twilio} is at {@code /twilio}
 * @param secret how a peer authenticates
 * @param sides the names of a two-sided stream's sides, the customer's first unless configured; empty: one channel
 * @param subprotocols supported WebSocket subprotocols; the first one offered that is among them is chosen
 * @param decoder makes a decoder for one connection
 */
record Platform(
        String name,
        Secret secret,
        List<String> sides,
        List<String> subprotocols,
        BiFunction<Handshake, Roles, Decoder> decoder) {
    /** How a peer authenticates. */
    enum Secret {
        /** {@code X-Twilio-Signature}, with {@code gateway.twilio.auth.token}. */
        TWILIO_SIGNATURE,
        /** The signature of AudioHook, with {@code gateway.genesys.client.secret}. */
        AUDIOHOOK_SIGNATURE,
        /** {@code gateway.token} in the handshake. */
        TOKEN,
        /** The same, or as the custom parameter {@code token} of the first message. */
        TOKEN_OR_PARAMETER
    }

    /** Without subprotocols. */
    static Platform of(String name, Secret secret, List<String> sides, BiFunction<Handshake, Roles, Decoder> decoder) {
        return new Platform(name, secret, sides, List.of(), decoder);
    }

    String path() {
        return "/" + name;
    }
}
