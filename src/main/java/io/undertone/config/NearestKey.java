package io.undertone.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known key closest to a misspelt one (Levenshtein distance). */
final class NearestKey {
    private NearestKey() {}

    /** The nearest of {@code known}; empty where more than a third of the letters differ. */
    static Optional<String> to(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(key -> distance(unknown, key))
                        .thenComparing(key -> key))
                .filter(key -> distance(unknown, key) <= Math.max(2, unknown.length() / 3));
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
