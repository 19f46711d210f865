package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.config.UndertoneConfig;
import java.time.Clock;
import java.util.List;

/** What the configuration says of platforms: which are on, whose voice is whose, who may connect. Immutable. */
final class GatewaySettings {
    private final UndertoneConfig config;

    GatewaySettings(UndertoneConfig config) {
        this.config = config;
    }

    /** The platforms whose paths are on. */
    List<Platform> platforms() {
        return Platforms.ALL.stream()
                .filter(platform -> config.gateway().platforms().contains(platform.name()))
                .toList();
    }

    Roles roles(Platform platform) {
        return new Roles(Role.valueOf(config.gateway().role()), customerTrack(platform));
    }

    /** What is configured for this platform, else for all, else its first side. */
    private String customerTrack(Platform platform) {
        String track = platform.sides().isEmpty() ? "" : platform.sides().get(0);
        for (String rule : config.gateway().customerTracks()) {
            if (platform.sides().contains(rule)) {
                track = rule;
            }
        }
        String own = platform.name() + ":";
        for (String rule : config.gateway().customerTracks()) {
            if (rule.startsWith(own) && platform.sides().contains(rule.substring(own.length()))) {
                track = rule.substring(own.length());
            }
        }
        return track;
    }

    /** Who may connect: everyone where no secret is set, which the configuration allows on loopback alone. */
    Guard guard(Platform platform) {
        return switch (platform.secret()) {
            case TWILIO_SIGNATURE ->
                config.gateway().twilioAuthToken().isEmpty()
                        ? Guard.open()
                        : new TwilioSignature(
                                config.gateway().twilioAuthToken(),
                                config.gateway().publicUrl());
            case AUDIOHOOK_SIGNATURE ->
                config.gateway().genesysApiKey().isEmpty()
                        ? Guard.open()
                        : new AudioHookSignature(
                                config.gateway().genesysApiKey(),
                                config.gateway().genesysClientSecret(),
                                config.gateway().publicUrl(),
                                Clock.systemUTC());
            case TOKEN -> token(false);
            case TOKEN_OR_PARAMETER -> token(true);
        };
    }

    private Guard token(boolean alsoLater) {
        return config.gateway().token().isEmpty()
                ? Guard.open()
                : new TokenSecret(config.gateway().token(), alsoLater);
    }

    SessionRules rules() {
        return new SessionRules(
                config.gateway().firstMessageMs(),
                config.gateway().idleMs(),
                config.gateway().attributes());
    }
}
