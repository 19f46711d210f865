package io.undertone.alert;

import java.util.Map;

/**
 * How pleasant a voice is, from -1 to 1: the mean of its labels' pleasantness, weighted with their probabilities. Happy counts 1,
 * calm 0.5, angry, fearful, disgust and sad -1, the others 0: the sign of their valence in Russell's circumplex (1980), doi
 * 10.1037/h0077714, with calm, which is pleasant but not excited, in between.
 */
public final class Mood {
    private static final Map<String, Double> PLEASANTNESS = Map.of(
            "happy", 1.0,
            "calm", 0.5,
            "angry", -1.0,
            "fearful", -1.0,
            "disgust", -1.0,
            "sad", -1.0);

    private Mood() {}

    /**
     * The mood of a window.
     *
     * @param probabilities by label, summing to 1
     */
    public static double of(Map<String, Double> probabilities) {
        double mood = 0;
        for (Map.Entry<String, Double> each : probabilities.entrySet()) {
            mood += each.getValue() * PLEASANTNESS.getOrDefault(each.getKey(), 0.0);
        }
        return mood;
    }
}
