package io.undertone.gateway;

import java.util.HashMap;
import java.util.Map;

/** Limits the number of open sessions, in total and per remote address. Thread-safe. */
final class Admission {
    private final int max;
    private final int maxPerAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int sessions;

    Admission(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Takes a slot, which {@link #leave} returns.
     *
     * @throws RefusedException if a limit is reached
     */
    synchronized void enter(String address) throws RefusedException {
        if (sessions >= max) {
            throw new RefusedException(
                    Refusal.SESSIONS, "there must be at most gateway.sessions.max=" + max + " sessions at once");
        }
        int ofAddress = byAddress.getOrDefault(address, 0);
        if (ofAddress >= maxPerAddress) {
            throw new RefusedException(
                    Refusal.ADDRESS,
                    "there must be at most gateway.sessions.max.per.address=" + maxPerAddress
                            + " sessions of one remote address at once");
        }
        byAddress.put(address, ofAddress + 1);
        sessions++;
    }

    synchronized void leave(String address) {
        sessions--;
        byAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }

    synchronized int sessions() {
        return sessions;
    }
}
