package io.undertone.training.frames;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which labels are annotated in each corpus: clips of a corpus without calm clips are not counted as examples against calm. A corpus whose
 * only label is neutral, ordinary speech, counts as an example against every other label except calm. Immutable, thread-safe.
 */
final class KnownLabels {
    private static final String NEUTRAL = "neutral";
    private static final String CALM = "calm";

    private final Map<String, boolean[]> byCorpus;

    private KnownLabels(Map<String, boolean[]> byCorpus) {
        this.byCorpus = byCorpus;
    }

    /**
     * The annotated labels of these clips' corpora.
     *
     * @param labels in the order of the clips' label numbers
     */
    static KnownLabels of(List<TrainingClip> clips, List<String> labels) {
        Map<String, boolean[]> byCorpus = new HashMap<>();
        for (TrainingClip clip : clips) {
            byCorpus.computeIfAbsent(clip.clip().corpus(), name -> new boolean[labels.size()])[clip.label()] = true;
        }
        byCorpus.values().forEach(known -> ordinarySpeech(known, labels));
        return new KnownLabels(byCorpus);
    }

    private static void ordinarySpeech(boolean[] known, List<String> labels) {
        int count = 0;
        for (boolean is : known) {
            count += is ? 1 : 0;
        }
        int neutral = labels.indexOf(NEUTRAL);
        if (count == 1 && neutral >= 0 && known[neutral]) {
            Arrays.fill(known, true);
            int calm = labels.indexOf(CALM);
            if (calm >= 0) {
                known[calm] = false;
            }
        }
    }

    /** Whether a label is annotated in a clip's corpus. */
    boolean isKnown(TrainingClip clip, int label) {
        return of(clip)[label];
    }

    /** The number of labels annotated in a clip's corpus. */
    int count(TrainingClip clip) {
        int count = 0;
        for (boolean is : of(clip)) {
            count += is ? 1 : 0;
        }
        return count;
    }

    private boolean[] of(TrainingClip clip) {
        return Objects.requireNonNull(
                byCorpus.get(clip.clip().corpus()), clip.clip().corpus());
    }
}
