package io.undertone.topology;

import io.undertone.features.FeatureSpec;
import io.undertone.inference.Probabilities;
import io.undertone.window.Window;
import java.util.Collections;

/**
 * The first windows through a model, of silence: engines compile, allocate and load what they need on first use, and no
 * caller should wait for that. A model that fails here fails at start rather than on somebody's call.
 */
final class WarmUp {
    private WarmUp() {}

    static void run(EmotionModel model, int maxBatchSize) {
        FeatureSpec spec = model.spec();
        int rows = spec.pooling() == FeatureSpec.Pooling.FRAMES ? spec.maxFramesPerWindow() : 1;
        Window window = new Window(0, 0, spec.windowMs(), 0, 1, 0, rows, new float[rows * spec.coefficients()]);
        Probabilities probabilities = new Probabilities(
                model.ensemble().voters().size(), model.ensemble().labels().size());
        for (int size : new int[] {1, maxBatchSize}) {
            probabilities.reset(size);
            model.ensemble().predict(Collections.nCopies(size, window), probabilities);
            model.verdict(probabilities, size - 1);
        }
    }
}
