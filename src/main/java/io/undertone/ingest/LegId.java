package io.undertone.ingest;

import io.undertone.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Identifies a leg: one role's audio of one call.
 *
 * @param callId 1 to 256 printable characters
 * @param role whose voice
 */
public record LegId(String callId, Role role) {
    /** Maximum length of a call id. */
    public static final int MAX_CALL_ID_CHARS = 256;

    /** Whether this can be a call id: 1 to 256 characters, none of them a control character or undecodable. */
    public static boolean isCallId(String callId) {
        return !callId.isEmpty()
                && callId.length() <= MAX_CALL_ID_CHARS
                && callId.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
    }

    /** The key of the leg's records: the call id in UTF-8. */
    public byte[] recordKey() {
        return callId.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The prefix of the leg's keys in a store: the call id in UTF-8, a zero byte (which no call id contains), the role's first letter. No leg's prefix is a prefix of another's.
     */
    public byte[] storePrefix() {
        byte[] call = recordKey();
        return ByteBuffer.allocate(call.length + 2)
                .put(call)
                .put((byte) 0)
                .put((byte) role.name().charAt(0))
                .array();
    }

    /** The leg that a store's key belongs to. */
    public static LegId ofStoreKey(byte[] key) {
        int end = 0;
        while (key[end] != 0) {
            end++;
        }
        char initial = (char) key[end + 1];
        for (Role role : Role.values()) {
            if (role.name().charAt(0) == initial) {
                return new LegId(new String(key, 0, end, StandardCharsets.UTF_8), role);
            }
        }
        throw new IllegalArgumentException("store key must name a role: " + initial);
    }

    /** {@code callId/ROLE}. */
    @Override
    public String toString() {
        return callId + "/" + role;
    }
}
