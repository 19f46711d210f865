package io.undertone.source;

import io.undertone.Role;
import io.undertone.audio.Recording;
import java.util.List;
import java.util.Set;

/**
 * A recording as a call.
 *
 * @param callId its id
 * @param recording its audio
 * @param roles whose voice each channel holds, in order
 */
public record PlayedCall(String callId, Recording recording, List<Role> roles) {
    public PlayedCall {
        if (callId.isEmpty() || callId.length() > 256) {
            throw new IllegalArgumentException("call id must have 1 to 256 characters: length=" + callId.length());
        }
        if (roles.size() != recording.channels()) {
            throw new IllegalArgumentException("there must be a role for each channel: channels=" + recording.channels()
                    + ", roles=" + roles.size());
        }
        if (Set.copyOf(roles).size() != roles.size()) {
            throw new IllegalArgumentException(
                    "each role must be named once, since a role's audio is one leg: roles=" + roles);
        }
        roles = List.copyOf(roles);
    }
}
