package io.undertone.gateway;

import io.undertone.Role;
import io.undertone.config.UndertoneConfig;
import java.time.Clock;
import java.util.List;

/** The configuration of platforms: which are enabled, which side is which role, who may connect. Immutable. */
final class GatewaySettings {
    private final UndertoneConfig config;

    GatewaySettings(UndertoneConfig config) {
        this.config = config;
    }

    /** The enabled platforms. */
    List<Platform> platforms() {
        return Platforms.ALL.stream()
                .filter(platform -> config.gateway().platforms().contains(platform.name()))
                .toList();
    }

    Roles roles(Platform platform) {
        return new Roles(Role.valueOf(config.gateway().role()), customerTrack(platform));
    }

    /** The customer's side as configured for this platform, else for all, else the platform's first side. */
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

    /** The guard of a platform: admits everyone if no secret is set, which the configuration allows on loopback only. */
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
