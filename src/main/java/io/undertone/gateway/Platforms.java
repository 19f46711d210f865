package io.undertone.gateway;

import io.undertone.gateway.Platform.Secret;
import java.util.List;
import java.util.Optional;

/** The table of all platforms that connect by WebSocket. */
final class Platforms {
    private static final List<String> DIRECTIONS = List.of("inbound", "outbound");

    private static final List<String> CHANNELS = List.of("left", "right");

    static final List<Platform> ALL = List.of(
            Platform.of("twilio", Secret.TWILIO_SIGNATURE, DIRECTIONS, StreamDecoder::twilio),
            Platform.of("signalwire", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::twilio),
            Platform.of("telnyx", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::telnyx),
            Platform.of("plivo", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::linear),
            Platform.of("exotel", Secret.TOKEN_OR_PARAMETER, DIRECTIONS, StreamDecoder::linear),
            Platform.of("azure", Secret.TOKEN, List.of(), AzureDecoder::new),
            Platform.of("genesys", Secret.AUDIOHOOK_SIGNATURE, List.of("external", "internal"), AudioHookDecoder::new),
            new Platform("asterisk", Secret.TOKEN_OR_PARAMETER, List.of(), List.of("media"), AsteriskDecoder::new),
            Platform.of("vonage", Secret.TOKEN_OR_PARAMETER, List.of(), TextFirstDecoder::vonage),
            Platform.of("sinch", Secret.TOKEN_OR_PARAMETER, List.of(), TextFirstDecoder::sinch),
            new Platform(
                    "jambonz",
                    Secret.TOKEN_OR_PARAMETER,
                    CHANNELS,
                    List.of("audio.jambonz.org"),
                    TextFirstDecoder::jambonz),
            new Platform(
                    "freeswitch",
                    Secret.TOKEN_OR_PARAMETER,
                    CHANNELS,
                    List.of("audiostream.drachtio.org", "audio.drachtio.org"),
                    TextFirstDecoder::freeswitch));

    /** Asterisk's AudioSocket, which has its own port. */
    static final Platform AUDIOSOCKET =
            Platform.of("audiosocket", Secret.TOKEN, List.of(), (handshake, roles) -> new AudioSocketDecoder(roles));

    private Platforms() {}

    /** The platform with this name. */
    static Optional<Platform> named(String name) {
        return ALL.stream().filter(platform -> platform.name().equals(name)).findFirst();
    }
}
