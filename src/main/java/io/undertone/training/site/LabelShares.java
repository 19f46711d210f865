package io.undertone.training.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Estimates the share of each label in a site's calls. */
final class LabelShares {
    /** The value used in place of a share or probability of 0. */
    static final double LEAST = 1e-9;

    /** The weight of the bundle's own shares, in windows, so that a few labels of a site hardly change them. */
    private static final double KNOWN_WINDOWS = 20;

    private static final int MOST_ROUNDS = 1_000;
    private static final double SETTLED = 1e-7;

    private LabelShares() {}

    /** A label's share; tiny if none is given. */
    static double of(Map<String, Double> shares, String label) {
        return Math.max(LEAST, Objects.requireNonNullElse(shares.get(label), 0.0));
    }

    /** The shares among labelled windows, smoothed by {@value #KNOWN_WINDOWS} windows with the previous shares. */
    static Map<String, Double> counted(List<SiteWindow> windows, Map<String, Double> before) {
        Map<String, Double> counts = new LinkedHashMap<>();
        before.forEach((label, share) -> counts.put(label, KNOWN_WINDOWS * share));
        windows.stream().filter(SiteWindow::isKnown).forEach(window -> counts.merge(window.truth(), 1.0, Double::sum));
        return scaled(counts);
    }

    /**
     * The shares under which unlabelled windows are most likely: expectation maximisation (Saerens, Latinne and Decaestecker 2002, "Adjusting the
     * outputs of a classifier to new a priori probabilities", Neural Computation 14(1)). Each round corrects all windows' probabilities by
     * the current shares, {@code p(l) share(l) / before(l)} normalised to a sum of 1, and takes their mean as the new shares; {@value
     * #KNOWN_WINDOWS} windows with the previous shares are added, so that a rare label does not vanish.
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

    /** Interpolates between two shares: {@code from(l)^(1 - part) to(l)^part}, normalised to a sum of 1. */
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
