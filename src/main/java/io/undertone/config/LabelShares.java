package io.undertone.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads shares of labels, {@code neutral=0.9,angry=0.1}: each label once, each share above 0; normalised by the user. */
final class LabelShares {
    static final String RULE =
            "empty, or label=share for every label, separated by commas, each label once and each share > 0";

    private LabelShares() {}

    /**
     * Parses shares; none for an empty text.
     *
     * @throws IllegalArgumentException naming the invalid part
     */
    static Map<String, Double> parse(String text) {
        Map<String, Double> shares = new LinkedHashMap<>();
        if (text.isBlank()) {
            return shares;
        }
        for (String part : Arrays.asList(text.split(",", -1))) {
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || sides[0].isBlank()) {
                throw new IllegalArgumentException("must be label=share: '" + part.strip() + "'");
            }
            if (shares.put(sides[0].strip(), share(sides[0].strip(), sides[1].strip())) != null) {
                throw new IllegalArgumentException("a label must be named once: " + sides[0].strip());
            }
        }
        return Collections.unmodifiableMap(shares);
    }

    private static double share(String label, String number) {
        try {
            double share = Double.parseDouble(number);
            if (share > 0 && Double.isFinite(share)) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the same message as a number out of bounds.
        }
        throw new IllegalArgumentException("a share must be a number > 0: " + label + "=" + number);
    }
}
