package io.undertone.topology;

import io.undertone.Role;
import io.undertone.ingest.LegId;

/** Names of legs for tests. */
final class TestLegs {
    private TestLegs() {}

    static LegId customer(String callId) {
        return new LegId(callId, Role.CUSTOMER);
    }
}
