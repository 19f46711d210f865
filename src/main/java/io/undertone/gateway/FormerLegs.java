package io.undertone.gateway;

import io.undertone.Role;
import java.util.Map;

/** Published legs without an end yet, whether from this gateway, its previous run or another instance. Thread-safe. */
interface FormerLegs {
    /** The progress of this call's open legs, by role; empty if none is known. */
    Map<Role, Standing> of(String callId);

    /** Knows none. */
    static FormerLegs none() {
        return callId -> Map.of();
    }

    /**
     * The progress of a leg.
     *
     * @param end position after its last sample
     * @param endMs when that was spoken, by the leg's positions, epoch ms
     * @param aheadMs how far the leg's positions run ahead of the time of publishing
     * @param sampleRateHz its rate
     */
    record Standing(long end, long endMs, long aheadMs, int sampleRateHz) {
        /** When position 0 was spoken, epoch ms. */
        long originMs() {
            return endMs - end * 1_000 / sampleRateHz;
        }
    }
}
