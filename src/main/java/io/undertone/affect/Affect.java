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

    /** Of sums or means, which rounding may leave a hair outside the ranges. */
    static Affect rounded(Sentiment sentiment, double valence, double arousal) {
        return new Affect(sentiment, Math.max(-1, Math.min(1, valence)), Math.max(0, Math.min(1, arousal)));
    }

    /** The sentiment with the most; NEUTRAL where neither other one has more than {@code rest}, or both have as much. */
    static Sentiment strongest(double negative, double rest, double positive) {
        if (negative > rest && negative > positive) {
            return Sentiment.NEGATIVE;
        }
        return positive > rest && positive > negative ? Sentiment.POSITIVE : Sentiment.NEUTRAL;
    }
}
