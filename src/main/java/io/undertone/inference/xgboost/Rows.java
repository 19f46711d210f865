package io.undertone.inference.xgboost;

import io.undertone.bundle.WindowPreparer;
import io.undertone.features.FeatureSpec;
import io.undertone.window.Window;
import java.util.List;

/** One thread's memory for a batch: a row of features for each window. Not thread-safe. */
final class Rows {
    private final WindowPreparer preparer;
    private final float[] window;
    private float[] values = new float[0];

    Rows(WindowPreparer preparer, FeatureSpec features) {
        this.preparer = preparer;
        this.window = new float[Math.max(1, features.maxFramesPerWindow()) * features.coefficients()];
    }

    void fill(List<Window> windows) {
        if (values.length != windows.size() * width()) {
            values = new float[windows.size() * width()];
        }
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).copyTo(window, 0);
            preparer.prepare(window, windows.get(i).rows(), values, i * width());
        }
    }

    int width() {
        return preparer.width();
    }

    /** {@code [windows][features]}, row after row. */
    float[] values() {
        return values;
    }
}
