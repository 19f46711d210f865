package io.undertone.gateway;

import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The beginning of a call.
 *
 * @param callId its id; not checked yet
 * @param token what came as custom parameter {@code token}; empty: none
 * @param silence what it means if nothing comes
 * @param parameters what the integrator gave besides, by plain name (see {@link JsonKeys#plain})
 */
record CallStart(String callId, String token, Silence silence, Map<String, String> parameters) {
    /** What it means if nothing comes from a source for a while. */
    enum Silence {
        /** Time passes: audio stands where its timestamp, or without one its arrival, says. */
        PASSES,
        /** The source counts: audio follows on audio, but for what it says was left out. */
        IS_COUNTED
    }

    /** Of a source that sends nothing in silence, without a token. */
    static CallStart of(String callId) {
        return new CallStart(callId, "", Silence.PASSES, Map.of());
    }

    /** The same with a token that came in a message. */
    CallStart withToken(String presented) {
        return new CallStart(callId, presented, silence, parameters);
    }

    /** The same of a source that counts. */
    CallStart counted() {
        return new CallStart(callId, token, Silence.IS_COUNTED, parameters);
    }

    /** The same with what the integrator gave besides. */
    CallStart with(Map<String, String> given) {
        return new CallStart(callId, token, silence, given);
    }

    /**
     * Those parameters that are wanted and can be {@linkplain CallAttributes attributes}, as many as fit.
     *
     * @param names of {@code gateway.attributes}, in order
     */
    CallAttributes attributes(List<String> names) {
        Map<String, String> wanted = new TreeMap<>();
        CallAttributes fit = CallAttributes.NONE;
        for (String name : names) {
            String value = parameters.getOrDefault(JsonKeys.plain(name), "");
            if (!value.isEmpty() && CallAttributes.isAttribute(name, value)) {
                wanted.put(name, value);
                CallAttributes more = CallAttributes.ofAny(wanted);
                if (more.isEmpty()) {
                    return fit;
                }
                fit = more;
            }
        }
        return fit;
    }

    boolean hasGoodCallId() {
        return LegId.isCallId(callId);
    }
}
