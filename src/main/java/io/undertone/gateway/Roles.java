package io.undertone.gateway;

import io.undertone.Role;
import java.util.Locale;

/**
 * Which side of a platform's streams is the customer and which the agent.
 *
 * @param single the role of a one-channel source that names none
 * @param customerTrack which side of a two-sided stream is the customer, such as {@code inbound}; the other is the agent
 */
record Roles(Role single, String customerTrack) {
    /** The side's role: {@code inbound} and {@code inbound_track} are the same side. */
    Role ofTrack(String track) {
        String side = track.toLowerCase(Locale.ROOT);
        return side.equals(customerTrack) || side.startsWith(customerTrack + "_") ? Role.CUSTOMER : Role.AGENT;
    }

    /** The role that a one-channel source names; the default if it names none or an unknown one. */
    Role named(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "CUSTOMER" -> Role.CUSTOMER;
            case "AGENT" -> Role.AGENT;
            case "UNKNOWN" -> Role.UNKNOWN;
            default -> single;
        };
    }
}
