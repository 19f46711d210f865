package io.undertone.inference.xgboost;

import io.undertone.bundle.WindowPreparer;
import io.undertone.window.Window;
import java.util.List;

/** One thread's memory for a batch: a row of features for each window. Not thread-safe. */
final class Rows {
    private final WindowPreparer preparer;
    private float[] values = new float[0];

    Rows(WindowPreparer preparer) {
        this.preparer = preparer;
    }

    void fill(List<Window> windows) {
        if (values.length != windows.size() * width()) {
            values = new float[windows.size() * width()];
        }
        for (int i = 0; i < windows.size(); i++) {
            preparer.prepare(windows.get(i), values, i * width());
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
