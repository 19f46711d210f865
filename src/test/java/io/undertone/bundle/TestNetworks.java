package io.undertone.bundle;

import io.undertone.bundle.Layer.AttentionPool;
import io.undertone.bundle.Layer.BatchNorm;
import io.undertone.bundle.Layer.Conv1d;
import io.undertone.bundle.Layer.Conv2d;
import io.undertone.bundle.Layer.Dense;
import io.undertone.bundle.Layer.Dropout;
import io.undertone.bundle.Layer.Flatten;
import io.undertone.bundle.Layer.Mask;
import io.undertone.bundle.Layer.MaxPool1d;
import io.undertone.bundle.Layer.MaxPool2d;
import io.undertone.bundle.Layer.MeanSpreadPool;
import io.undertone.bundle.Layer.Relu;
import io.undertone.bundle.Layer.Softmax;
import io.undertone.bundle.Layer.StackFrequency;
import io.undertone.bundle.Shape.Image;
import io.undertone.bundle.Shape.Sequence;
import java.util.List;
import java.util.SplittableRandom;

/** Networks that between them have every kind of layer. */
public final class TestNetworks {
    private TestNetworks() {}

    /** A 2-D network over frames: convolutions, pooling over frequency, masked mean and spread. */
    public static NetworkSpec image(int bands, int frames) {
        return new NetworkSpec(
                new Image(1, bands, frames),
                List.of(
                        new Conv2d(24, 5, 5, 2, 2, false),
                        new BatchNorm(1e-5),
                        new Relu(),
                        new Conv2d(32, 3, 3, 2, 2, false),
                        new BatchNorm(1e-5),
                        new Relu(),
                        new Conv2d(48, 3, 3, 1, 1, true),
                        new BatchNorm(1e-5),
                        new Relu(),
                        new MaxPool2d(2, 1),
                        new Conv2d(64, 3, 3, 1, 1, true),
                        new Relu(),
                        new StackFrequency(),
                        new Conv1d(96, 1, 1, false),
                        new BatchNorm(1e-5),
                        new Relu(),
                        new MeanSpreadPool(1e-5),
                        new Dropout(0.15),
                        new Dense(8),
                        new Softmax()));
    }

    /** A 1-D network over time with a mask between its layers and attention. */
    public static NetworkSpec sequence(int coefficients, int frames) {
        return new NetworkSpec(
                new Sequence(coefficients, frames),
                List.of(
                        new Conv1d(32, 5, 1, true),
                        new Relu(),
                        new BatchNorm(1e-3),
                        new Mask(),
                        new Conv1d(48, 3, 2, true),
                        new Relu(),
                        new Mask(),
                        new MaxPool1d(2),
                        new Conv1d(40, 3, 1, true),
                        new AttentionPool(1e-4),
                        new Dense(16),
                        new Relu(),
                        new Dense(8),
                        new Softmax()));
    }

    /** A small network without a mask whose convolution is linear and followed by a dense layer of its own. */
    public static NetworkSpec plain() {
        return new NetworkSpec(
                new Sequence(2, 12),
                List.of(
                        new Conv1d(6, 3, 1, false),
                        new Dropout(0.5),
                        new Relu(),
                        new MaxPool1d(4),
                        new Conv1d(5, 3, 1, true),
                        new BatchNorm(1e-5),
                        new Flatten(),
                        new Dense(7),
                        new Dense(4),
                        new Softmax()));
    }

    /** Weights as after some training: no bias 0, no batch normalisation the identity. */
    public static Weights weights(NetworkSpec spec, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Weights glorot = InitialWeights.glorot(spec, seed);
        return Weights.of(spec, parameter -> {
            float[] values = glorot.get(parameter.name());
            String kind = parameter.name().substring(parameter.name().indexOf('.') + 1);
            for (int i = 0; i < values.length; i++) {
                double u = random.nextDouble();
                switch (kind) {
                    case "weight" -> values[i] *= 2;
                    case "scale", "variance" -> values[i] = (float) (0.5 + u);
                    default -> values[i] = (float) (u - 0.5);
                }
            }
            return values;
        });
    }
}
