package io.undertone.gateway;

import io.undertone.Role;
import java.util.Map;

/** Legs that were published, by this gateway, its former self or another, and have no end yet. Thread-safe. */
interface FormerLegs {
    /** By role, how far the legs of this call are now; empty where none is known. */
    Map<Role, Standing> of(String callId);

    /** Knows none. */
    static FormerLegs none() {
        return callId -> Map.of();
    }

    /**
     * How far a leg is.
     *
     * @param end position after its last sample
     * @param endMs when that was spoken, as the leg counts, epoch ms
     * @param aheadMs by how much the leg's audio was published sooner than it counts it as spoken
     * @param sampleRateHz its rate
     */
    record Standing(long end, long endMs, long aheadMs, int sampleRateHz) {
        /** When position 0 was spoken, epoch ms. */
        long originMs() {
            return endMs - end * 1_000 / sampleRateHz;
        }
    }
}
