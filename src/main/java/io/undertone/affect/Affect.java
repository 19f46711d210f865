package io.undertone.affect;

import io.undertone.Sentiment;

/**
 * How a voice sounds in plainer terms than eight emotions.
 *
 * @param sentiment in one word
 * @param valence how pleasant, [-1, 1]
 * @param arousal how excited, [0, 1]
 */
public record Affect(Sentiment sentiment, double valence, double arousal) {
    /** Checks the ranges. */
    public Affect {
        if (!(valence >= -1 && valence <= 1)) {
            throw new IllegalArgumentException("must be in [-1, 1]: valence=" + valence);
        }
        if (!(arousal >= 0 && arousal <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: arousal=" + arousal);
        }
    }
}
