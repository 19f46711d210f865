package io.undertone.bundle;

import java.nio.file.Files;
import java.nio.file.Path;

/** Versions of bundles derived from others, such as {@code 2.2.0-site.1}, which is newer than 2.2.0. */
public final class DerivedVersion {
    private DerivedVersion() {}

    /**
     * The next free version: {@code 2.2.0-site.1} after {@code 2.2.0}, then {@code 2.2.0-site.2}.
     *
     * @param models folder of bundles
     * @param from the original bundle
     * @param kind of the change, such as site
     */
    public static String next(Path models, BundleContent from, String kind) {
        String base = from.version().replaceFirst("-" + kind + "\\.\\d+$", "") + "-" + kind + ".";
        int number = 1;
        while (Files.exists(models.resolve(from.name()).resolve(base + number))
                || from.version().equals(base + number)) {
            number++;
        }
        return base + number;
    }
}
