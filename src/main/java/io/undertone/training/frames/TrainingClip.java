package io.undertone.training.frames;

import io.undertone.training.corpus.Clip;
import java.util.List;

/**
 * A clip and the windows that training hears of it.
 *
 * @param clip whose they are
 * @param label its label's number
 * @param copies those with speech, one for each line it was heard over
 */
record TrainingClip(Clip clip, int label, List<WindowCopy> copies) {
    TrainingClip {
        copies = List.copyOf(copies);
    }
}
