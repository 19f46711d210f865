package io.undertone.gateway;

import io.undertone.ingest.LegId;

/**
 * The beginning of a call.
 *
 * @param callId its id; not checked yet
 * @param token what came as custom parameter {@code token}; empty: none
 * @param silence what it means if nothing comes
 */
record CallStart(String callId, String token, Silence silence) {
    /** What it means if nothing comes from a source for a while. */
    enum Silence {
        /** Time passes: audio stands where its timestamp, or without one its arrival, says. */
        PASSES,
        /** The source counts: audio follows on audio, but for what it says was left out. */
        IS_COUNTED
    }

    /** Of a source that sends nothing in silence, without a token. */
    static CallStart of(String callId) {
        return new CallStart(callId, "", Silence.PASSES);
    }

    /** The same with a token that came in a message. */
    CallStart withToken(String presented) {
        return new CallStart(callId, presented, silence);
    }

    /** The same of a source that counts. */
    CallStart counted() {
        return new CallStart(callId, token, Silence.IS_COUNTED);
    }

    boolean hasGoodCallId() {
        return LegId.isCallId(callId);
    }
}
