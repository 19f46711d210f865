package io.undertone.gateway;

import io.undertone.Role;
import java.util.Locale;

/**
 * Whose voice is whose on one platform.
 *
 * @param single the role of a source with one channel that names none
 * @param customerTrack which side of a two-sided stream is the customer, such as {@code inbound}; the other is the agent
 */
record Roles(Role single, String customerTrack) {
    /** The side's role: {@code inbound} and {@code inbound_track} are the same side. */
    Role ofTrack(String track) {
        String side = track.toLowerCase(Locale.ROOT);
        return side.equals(customerTrack) || side.startsWith(customerTrack + "_") ? Role.CUSTOMER : Role.AGENT;
    }

    /** The role that a source with one channel names; the default where it names none that there is. */
    Role named(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "CUSTOMER" -> Role.CUSTOMER;
            case "AGENT" -> Role.AGENT;
            case "UNKNOWN" -> Role.UNKNOWN;
            default -> single;
        };
    }
}
