package io.undertone.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of this process, by id. Thread-safe. */
final class Calls {
    /** How long the legs of a lost connection wait for another: platforms that reconnect do so within seconds. */
    static final long GRACE_MS = 10_000;

    private final LegOutput.Factory outputs;
    private final FormerLegs former;
    private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();

    Calls(LegOutput.Factory outputs, FormerLegs former) {
        this.outputs = outputs;
        this.former = former;
    }

    /** Adds the session to the call with this id and returns the call. */
    LiveCall join(String callId, Session session) {
        return calls.compute(callId, (id, known) -> {
            LiveCall call =
                    known != null ? known : new LiveCall(session.platform().name(), id, former, outputs);
            call.join(session);
            return call;
        });
    }

    /** Ends the legs whose platforms did not reconnect in time. */
    void tick(long nowMs) {
        for (String id : calls.keySet()) {
            calls.computeIfPresent(id, (key, call) -> call.endIfLeft(nowMs, GRACE_MS) ? null : call);
        }
    }

    int size() {
        return calls.size();
    }
}
