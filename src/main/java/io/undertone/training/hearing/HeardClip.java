package io.undertone.training.hearing;

import io.undertone.training.corpus.Clip;
import io.undertone.window.Window;
import java.util.List;

/**
 * A clip and the windows that the front end computes from it.
 *
 * @param clip the recording
 * @param windows those with enough speech, in order; empty if there are none
 */
public record HeardClip(Clip clip, List<Window> windows) {
    public HeardClip {
        windows = List.copyOf(windows);
    }
}
