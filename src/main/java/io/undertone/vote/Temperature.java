package io.undertone.vote;

/** Temperature scaling (Guo et al. 2017): calibrates probabilities without changing their order. */
public final class Temperature {
    /** The value used in place of a probability of 0, so that its logarithm is finite. */
    private static final double LEAST = 1e-12;

    private Temperature() {}

    /**
     * {@code p^(1/T)}, normalised to a sum of 1: the softmax of the logarithms divided by {@code T}. With {@code T} 1 nothing
     * changes; with 2, [0.9, 0.1] becomes [0.75, 0.25].
     *
     * @param probabilities at least one, none negative
     * @param temperature above 0
     */
    public static double[] apply(double[] probabilities, double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("must be > 0 and finite: temperature=" + temperature);
        }
        double[] scaled = new double[probabilities.length];
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.log(Math.max(probabilities[i], LEAST)) / temperature;
            max = Math.max(max, scaled[i]);
        }
        double sum = 0;
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.exp(scaled[i] - max);
            sum += scaled[i];
        }
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= sum;
        }
        return scaled;
    }
}
