package io.undertone.gateway;

import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The beginning of a call.
 *
 * @param callId its id, not yet validated
 * @param token the custom parameter {@code token}; empty: none
 * @param silence how to interpret a period without audio
 * @param parameters the integrator's other parameters, by plain name (see {@link JsonKeys#plain})
 */
record CallStart(String callId, String token, Silence silence, Map<String, String> parameters) {
    /** How to interpret a period in which a source sends nothing. */
    enum Silence {
        /** Time passes: the position of audio follows from its timestamp, or without one from its arrival. */
        PASSES,
        /** The source counts samples: audio follows directly on audio, except for what it reports as discarded. */
        IS_COUNTED
    }

    /** Of a source that sends nothing in silence, without a token. */
    static CallStart of(String callId) {
        return new CallStart(callId, "", Silence.PASSES, Map.of());
    }

    /** The same with a token from a message. */
    CallStart withToken(String presented) {
        return new CallStart(callId, presented, silence, parameters);
    }

    /** The same for a source that counts samples. */
    CallStart counted() {
        return new CallStart(callId, token, Silence.IS_COUNTED, parameters);
    }

    /** The same with the integrator's other parameters. */
    CallStart with(Map<String, String> given) {
        return new CallStart(callId, token, silence, given);
    }

    /**
     * The configured parameters that are valid {@linkplain CallAttributes attributes}, as many as fit.
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
