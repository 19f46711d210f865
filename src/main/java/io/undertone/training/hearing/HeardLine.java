package io.undertone.training.hearing;

import io.undertone.window.Window;
import java.util.List;

/**
 * The front end's result for a recording over a line. Each window, one per hop, is counted in one of three:
 * {@code windows.size()}, silent, not speech.
 *
 * @param windows those with enough speech, in order
 * @param durationMs length of the recording
 * @param silentWindows windows with too little speech
 * @param notSpeechWindows windows of music, tones or noise
 */
public record HeardLine(List<Window> windows, long durationMs, int silentWindows, int notSpeechWindows) {
    public HeardLine {
        windows = List.copyOf(windows);
    }
}
