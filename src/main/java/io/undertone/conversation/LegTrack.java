package io.undertone.conversation;

import io.undertone.Role;

/** The levels of one leg over its call. Immutable. */
public final class LegTrack {
    private final Role role;
    private final long firstSlot;
    private final byte[] levels;

    /**
     * @param firstSlot counted from 1970
     * @param levels one per slot, encoded as in {@link SlotLevels}; at least one; the first and the last are not empty
     */
    public LegTrack(Role role, long firstSlot, byte[] levels) {
        if (levels.length == 0) {
            throw new IllegalArgumentException("a leg must have at least one slot: slots=0");
        }
        this.role = role;
        this.firstSlot = firstSlot;
        this.levels = levels.clone();
    }

    Role role() {
        return role;
    }

    long firstSlot() {
        return firstSlot;
    }

    /** The slot after its last. */
    long end() {
        return firstSlot + levels.length;
    }

    int slots() {
        return levels.length;
    }

    byte level(int slot) {
        return levels[slot];
    }
}
