package io.undertone.bundle;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shares of labels: above 0, summing to 1, in the order given. */
final class Shares {
    private static final double ROUNDING = 1e-9;

    private Shares() {}

    /**
     * Weights normalised to a sum of 1. Shares that already sum to 1 stay the same, bit for bit.
     *
     * @param name of the field, for errors
     * @throws IllegalArgumentException where one is not above 0 and finite
     */
    static Map<String, Double> of(String name, Map<String, Double> weights) {
        double sum = 0;
        for (Map.Entry<String, Double> entry : weights.entrySet()) {
            if (!(entry.getValue() > 0) || entry.getValue().isInfinite()) {
                throw new IllegalArgumentException(
                        "must be > 0 and finite: " + name + "." + entry.getKey() + "=" + entry.getValue());
            }
            sum += entry.getValue();
        }
        double scale = Math.abs(sum - 1) < ROUNDING ? 1 : sum;
        Map<String, Double> shares = new LinkedHashMap<>();
        weights.forEach((label, weight) -> shares.put(label, weight / scale));
        return Collections.unmodifiableMap(shares);
    }

    /** Whether they name each of these labels once and no others. */
    static boolean nameEach(Map<String, Double> shares, Collection<String> labels) {
        return shares.size() == labels.size() && shares.keySet().containsAll(labels);
    }
}
