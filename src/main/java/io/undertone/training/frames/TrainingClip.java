package io.undertone.training.frames;

import io.undertone.training.corpus.Clip;
import java.util.List;

/**
 * A clip with its augmented windows.
 *
 * @param clip the recording
 * @param label index of its label
 * @param copies the windows with speech, at most one per line
 */
record TrainingClip(Clip clip, int label, List<WindowCopy> copies) {
    TrainingClip {
        copies = List.copyOf(copies);
    }
}
