package io.undertone.training.frames;

import io.undertone.training.corpus.LabelMaps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which labels each corpus tells apart: a corpus without calm clips does not teach that there is no calm. Of a corpus whose only label
 * is neutral, ordinary speech, it is known of every other label but calm that its clips are not that. Immutable, thread-safe.
 */
final class KnownLabels {
    private static final String NEUTRAL = "neutral";
    private static final String CALM = "calm";

    private final Map<String, boolean[]> byCorpus;

    private KnownLabels(Map<String, boolean[]> byCorpus) {
        this.byCorpus = byCorpus;
    }

    /** What these clips' corpora know. */
    static KnownLabels of(List<TrainingClip> clips) {
        Map<String, boolean[]> byCorpus = new HashMap<>();
        for (TrainingClip clip : clips) {
            byCorpus.computeIfAbsent(clip.clip().corpus(), name -> new boolean[LabelMaps.LABELS.size()])[clip.label()] =
                    true;
        }
        byCorpus.values().forEach(KnownLabels::ordinarySpeech);
        return new KnownLabels(byCorpus);
    }

    private static void ordinarySpeech(boolean[] known) {
        int count = 0;
        for (boolean is : known) {
            count += is ? 1 : 0;
        }
        if (count == 1 && known[LabelMaps.LABELS.indexOf(NEUTRAL)]) {
            Arrays.fill(known, true);
            known[LabelMaps.LABELS.indexOf(CALM)] = false;
        }
    }

    /** Whether a clip's corpus tells a label from others. */
    boolean isKnown(TrainingClip clip, int label) {
        return of(clip)[label];
    }

    /** How many labels a clip's corpus tells apart. */
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
