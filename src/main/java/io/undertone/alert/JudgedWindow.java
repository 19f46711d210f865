package io.undertone.alert;

import io.undertone.Sentiment;

/**
 * A labelled window, as rules see it.
 *
 * @param index number within its leg
 * @param startMs within the leg, inclusive
 * @param endMs within the leg, exclusive
 * @param capturedAtMs when its last sample was spoken, epoch ms
 * @param label the voted emotion
 * @param confidence of the label, [0, 1]
 * @param mood how pleasant the voice was, [-1, 1]: see {@link Mood}
 * @param sentiment by the bundle's table
 * @param valence by the bundle's table, [-1, 1]
 */
public record JudgedWindow(
        int index,
        long startMs,
        long endMs,
        long capturedAtMs,
        String label,
        double confidence,
        double mood,
        Sentiment sentiment,
        double valence) {}
