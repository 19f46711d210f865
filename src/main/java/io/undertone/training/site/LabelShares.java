package io.undertone.training.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How common each label is on a site's lines. */
final class LabelShares {
    /** What a share or a probability of 0 is taken for. */
    static final double LEAST = 1e-9;

    /** As many windows as the bundle has always seen: so few labels of a site's own leave its shares nearly as they were. */
    private static final double KNOWN_WINDOWS = 20;

    private static final int MOST_ROUNDS = 1_000;
    private static final double SETTLED = 1e-7;

    private LabelShares() {}

    /** A label's share; tiny where none is given. */
    static double of(Map<String, Double> shares, String label) {
        return Math.max(LEAST, Objects.requireNonNullElse(shares.get(label), 0.0));
    }

    /** The shares among labelled windows, {@value #KNOWN_WINDOWS} windows of the shares known before being added. */
    static Map<String, Double> counted(List<SiteWindow> windows, Map<String, Double> before) {
        Map<String, Double> counts = new LinkedHashMap<>();
        before.forEach((label, share) -> counts.put(label, KNOWN_WINDOWS * share));
        windows.stream().filter(SiteWindow::isKnown).forEach(window -> counts.merge(window.truth(), 1.0, Double::sum));
        return scaled(counts);
    }

    /**
     * The shares under which unlabelled windows are most likely: expectation maximisation (Saerens, Latinne and Decaestecker 2002, "Adjusting the
     * outputs of a classifier to new a priori probabilities", Neural Computation 14(1)). Each round corrects all windows' probabilities by the shares so far,
     * {@code p(l) share(l) / before(l)} brought to a sum of 1, and takes their mean for the shares; {@value #KNOWN_WINDOWS} windows of the
     * shares known before are added to it, so that a label which is hardly heard does not vanish.
     *
     * @param windows whose probabilities hold under {@code before}
     */
    static Map<String, Double> unlabelled(List<SiteWindow> windows, Map<String, Double> before) {
        Map<String, Double> shares = before;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Map<String, Double> sums = new LinkedHashMap<>();
            before.forEach((label, share) -> sums.put(label, KNOWN_WINDOWS * share));
            for (SiteWindow window : windows) {
                Map<String, Double> corrected = corrected(window, shares, before);
                double sum = sum(corrected);
                corrected.forEach((label, weight) -> sums.merge(label, weight / sum, Double::sum));
            }
            Map<String, Double> next = scaled(sums);
            double moved = 0;
            for (Map.Entry<String, Double> one : next.entrySet()) {
                moved = Math.max(moved, Math.abs(one.getValue() - of(shares, one.getKey())));
            }
            shares = next;
            if (moved < SETTLED) {
                break;
            }
        }
        return shares;
    }

    /** Shares on the way from some to others: {@code from(l)^(1 - part) to(l)^part}, brought to a sum of 1. */
    static Map<String, Double> between(Map<String, Double> from, Map<String, Double> to, double part) {
        Map<String, Double> shares = new LinkedHashMap<>();
        from.forEach((label, share) -> shares.put(label, Math.pow(share, 1 - part) * Math.pow(of(to, label), part)));
        return scaled(shares);
    }

    private static Map<String, Double> corrected(
            SiteWindow window, Map<String, Double> shares, Map<String, Double> before) {
        Map<String, Double> corrected = new LinkedHashMap<>();
        before.forEach((label, share) -> corrected.put(label, window.probability(label) * of(shares, label) / share));
        return corrected;
    }

    private static Map<String, Double> scaled(Map<String, Double> weights) {
        double sum = sum(weights);
        Map<String, Double> shares = new LinkedHashMap<>();
        weights.forEach((label, weight) -> shares.put(label, weight / sum));
        return shares;
    }

    private static double sum(Map<String, Double> weights) {
        return weights.values().stream().mapToDouble(weight -> weight).sum();
    }
}
