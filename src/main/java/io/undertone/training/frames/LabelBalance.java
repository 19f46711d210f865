package io.undertone.training.frames;

import io.undertone.bundle.Weights;

/**
 * Makes a network say some labels more readily, others less: adds a shift to each label's log-probability before the softmax
 * (logit adjustment, Menon et al. 2021). The shifts go into the last dense layer's biases, so engines and bundles know nothing of
 * them.
 */
final class LabelBalance {
    private LabelBalance() {}

    /**
     * The same network, shifted.
     *
     * @param weights of any network
     * @param shifts what is added to each label, nats, {@code [labels]}
     * @throws IllegalArgumentException for another number of labels
     */
    static Weights shift(Weights weights, float[] shifts) {
        String bias = weights.spec().layers().size() - 2 + ".bias"; // a spec ends in dense and softmax
        float[] biases = weights.get(bias);
        if (biases.length != shifts.length) {
            throw new IllegalArgumentException(
                    "there must be a shift for each label: labels=" + biases.length + ", shifts=" + shifts.length);
        }
        for (int label = 0; label < biases.length; label++) {
            biases[label] += shifts[label];
        }
        return Weights.of(
                weights.spec(), parameter -> parameter.name().equals(bias) ? biases : weights.get(parameter.name()));
    }
}
