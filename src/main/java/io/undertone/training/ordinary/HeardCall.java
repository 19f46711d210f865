package io.undertone.training.ordinary;

import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.LabelShift;

/**
 * A call without an emotion to be found, and what the voters say of it. Immutable.
 *
 * @param kind name of the folder that it comes from
 * @param source its speaker; its file, where nobody speaks
 * @param recordings how many were joined to it
 * @param durationMs length
 * @param silentWindows windows with too little speech
 * @param notSpeechWindows windows taken for music, tones or noise
 * @param opinions on the windows that remain
 */
public record HeardCall(
        String kind,
        String source,
        int recordings,
        long durationMs,
        int silentWindows,
        int notSpeechWindows,
        CallOpinions opinions) {
    /** The same call, of which the vote is to correct how common labels are. */
    public HeardCall readWith(LabelShift shift) {
        return new HeardCall(
                kind, source, recordings, durationMs, silentWindows, notSpeechWindows, opinions.readWith(shift));
    }
}
