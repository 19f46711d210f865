package io.undertone.training.contrast;

import io.undertone.training.hearing.HeardClip;
import io.undertone.training.score.ClipOpinion;
import io.undertone.window.Window;

/**
 * What voters answer to a clip, and how it differs from its speaker's earlier speech.
 *
 * @param opinion of voters whose answers are not shifted; one that was heard
 * @param contrast mean of the windows' contrasts, by the weights of {@link ClipOpinion}
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived and never compared
record ContrastClip(ClipOpinion opinion, double[] contrast) {
    static ContrastClip of(ClipOpinion opinion, HeardClip heard) {
        double[] contrast = new double[heard.windows().get(0).contrastLength()];
        double weights = 0;
        for (Window window : heard.windows()) {
            double weight = ClipOpinion.weight(window);
            weights += weight;
            for (int i = 0; i < contrast.length; i++) {
                contrast[i] += weight * window.contrast(i);
            }
        }
        for (int i = 0; i < contrast.length; i++) {
            contrast[i] /= weights;
        }
        return new ContrastClip(opinion, contrast);
    }

    String corpus() {
        return opinion.clip().corpus();
    }

    /** The opinion shifted by weights, {@code [labels][contrast]}: a mean of logarithms, it is shifted as its windows are. */
    ClipOpinion shifted(double[][] weights) {
        double[] factors = new double[weights.length];
        for (int label = 0; label < factors.length; label++) {
            factors[label] = Math.exp(dot(weights[label]));
        }
        return opinion.multiplied(factors);
    }

    /** The contrast times one label's weights. */
    double dot(double[] weights) {
        double sum = 0;
        for (int i = 0; i < contrast.length; i++) {
            sum += weights[i] * contrast[i];
        }
        return sum;
    }
}
