package io.undertone.training.ordinary;

import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.LabelShift;

/**
 * A call without any emotion to find, and the voters' opinions on it. Immutable.
 *
 * @param kind name of the folder that it comes from
 * @param source its speaker; its file for other sound
 * @param recordings how many were joined into it
 * @param durationMs length
 * @param silentWindows windows with too little speech
 * @param notSpeechWindows windows taken for music, tones or noise
 * @param opinions on the remaining windows
 */
public record HeardCall(
        String kind,
        String source,
        int recordings,
        long durationMs,
        int silentWindows,
        int notSpeechWindows,
        CallOpinions opinions) {
    /** The same call, with corrected label priors. */
    public HeardCall readWith(LabelShift shift) {
        return new HeardCall(
                kind, source, recordings, durationMs, silentWindows, notSpeechWindows, opinions.readWith(shift));
    }
}
