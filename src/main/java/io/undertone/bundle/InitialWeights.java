package io.undertone.bundle;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Weights before training: uniform within Glorot and Bengio's bounds (2010, eq. 16), ±sqrt(6 / (fan in + fan out)), a
 * convolution's fans multiplied by its kernel size; biases 0; batch normalisation the identity. The same seed gives
 * the same weights on every engine and machine.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /** Draws the weights. */
    public static Weights glorot(NetworkSpec spec, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Weights.of(spec, parameter -> {
            float[] values = new float[parameter.size()];
            String kind = parameter.name().substring(parameter.name().indexOf('.') + 1);
            switch (kind) {
                case "weight" -> fillUniform(values, bound(parameter), random);
                case "scale", "variance" -> Arrays.fill(values, 1);
                default -> Arrays.fill(values, 0);
            }
            return values;
        });
    }

    private static double bound(Parameter weight) {
        int places = 1;
        for (int i = 2; i < weight.axes().size(); i++) {
            places *= weight.axes().get(i);
        }
        double fans = (double) places * (weight.axes().get(0) + weight.axes().get(1));
        return Math.sqrt(6 / fans);
    }

    private static void fillUniform(float[] values, double bound, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
