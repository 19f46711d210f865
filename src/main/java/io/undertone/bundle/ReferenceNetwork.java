package io.undertone.bundle;

import io.undertone.bundle.Layer.Conv1d;
import io.undertone.bundle.Layer.Dense;
import io.undertone.bundle.Layer.Dropout;
import io.undertone.bundle.Layer.Flatten;
import io.undertone.bundle.Layer.MaxPool1d;
import io.undertone.bundle.Layer.Relu;
import io.undertone.bundle.Layer.Softmax;
import io.undertone.bundle.Shape.Sequence;
import java.util.List;

/**
 * The original network of the `reference` bundle: a convolution along the 40 mean coefficients of a window, 416,136
 * parameters for eight labels.
 */
public final class ReferenceNetwork {
    private static final int COEFFICIENTS = 40;
    private static final Layer CONVOLUTION = new Conv1d(128, 5, 1, true);

    private ReferenceNetwork() {}

    /** Its spec for this many labels. */
    public static NetworkSpec spec(int labels) {
        return new NetworkSpec(
                new Sequence(1, COEFFICIENTS),
                List.of(
                        CONVOLUTION,
                        new Relu(),
                        CONVOLUTION,
                        new Relu(),
                        new Dropout(0.1),
                        new MaxPool1d(8),
                        CONVOLUTION,
                        new Relu(),
                        CONVOLUTION,
                        new Relu(),
                        CONVOLUTION,
                        new Relu(),
                        new Dropout(0.2),
                        CONVOLUTION,
                        new Flatten(),
                        new Dense(labels),
                        new Softmax()));
    }
}
