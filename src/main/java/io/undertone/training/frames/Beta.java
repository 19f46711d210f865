package io.undertone.training.frames;

import java.util.SplittableRandom;

/** Draws from a symmetric Beta distribution with a parameter below 1, by Jöhnk's method (1964). */
final class Beta {
    private Beta() {}

    /** A number of Beta(a, a), {@code 0 < a <= 1}: mostly near 0 or 1 if a is small. */
    static double draw(double a, SplittableRandom random) {
        while (true) {
            // In logarithms: u^(1/a) underflows for small a.
            double x = Math.log(random.nextDouble()) / a;
            double y = Math.log(random.nextDouble()) / a;
            double top = Math.max(x, y);
            double sum = top + Math.log(Math.exp(x - top) + Math.exp(y - top));
            if (sum <= 0) {
                return Math.exp(x - sum);
            }
        }
    }
}
