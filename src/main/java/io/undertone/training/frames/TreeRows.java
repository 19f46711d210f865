package io.undertone.training.frames;

import io.undertone.training.corpus.Clip;
import io.undertone.training.table.FeatureTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Training rows for the trees: statistics of windows with their weights. Not thread-safe. */
final class TreeRows {
    private final int labels;
    private final List<float[]> rows = new ArrayList<>();
    private final List<Integer> labelOf = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();

    /**
     * @param labels number of labels
     */
    TreeRows(int labels) {
        this.labels = labels;
    }

    /** Adds the first copies of each clip, as many as its corpus' share says. */
    void add(List<TrainingClip> clips, Predicate<Clip> use) {
        for (TrainingClip clip : clips) {
            if (use.test(clip.clip())) {
                CorpusShare share = TelephoneRecipe.share(clip.clip().corpus());
                clip.copies().stream().limit(share.treeCopies()).forEach(copy -> {
                    rows.add(copy.statistics());
                    labelOf.add(clip.label());
                    weights.add(share.treeWeight());
                });
            }
        }
    }

    /** The rows, one for each copy. */
    FeatureTable table() {
        return new FeatureTable(
                rows.toArray(float[][]::new),
                labelOf.stream().mapToInt(Integer::intValue).toArray(),
                labels);
    }

    /** The weight of each row. */
    float[] weights() {
        float[] all = new float[weights.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = weights.get(i);
        }
        return all;
    }
}
