package io.undertone.training.hearing;

import io.undertone.training.corpus.Clip;
import io.undertone.window.Window;
import java.util.List;

/**
 * A clip as the front end hears it.
 *
 * @param clip whose it is
 * @param windows those with enough speech, in order; empty where there is none
 */
public record HeardClip(Clip clip, List<Window> windows) {
    public HeardClip {
        windows = List.copyOf(windows);
    }
}
