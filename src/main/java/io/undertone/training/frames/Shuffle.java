package io.undertone.training.frames;

import java.util.SplittableRandom;

/** Random orders (Fisher and Yates 1938, in Durstenfeld's form of 1964). */
final class Shuffle {
    private Shuffle() {}

    /** The numbers from 0 to {@code count - 1} in random order. */
    static int[] of(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        inPlace(order, random);
        return order;
    }

    /** Shuffles values in place. */
    static void inPlace(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
