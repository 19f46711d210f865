package io.undertone.gateway;

import io.undertone.gateway.Platform.Secret;
import java.util.List;
import java.util.Optional;

/** The table of all platforms that connect by WebSocket. */
final class Platforms {
    private static final List<String> DIRECTIONS = List.of("inbound", "outbound");

    static final List<Platform> ALL = List.of(
            Platform.of("twilio", Secret.TWILIO_SIGNATURE, DIRECTIONS, StreamDecoder::twilio),
            Platform.of("signalwire", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::twilio),
            Platform.of("telnyx", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::telnyx),
            Platform.of("plivo", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::linear),
            Platform.of("exotel", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::linear),
            Platform.of("azure", Secret.TOKEN, List.of(), AzureDecoder::new));

    private Platforms() {}

    /** The platform with this name. */
    static Optional<Platform> named(String name) {
        return ALL.stream().filter(platform -> platform.name().equals(name)).findFirst();
    }
}
