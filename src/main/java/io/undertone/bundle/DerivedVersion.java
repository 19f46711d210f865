package io.undertone.bundle;

import java.nio.file.Files;
import java.nio.file.Path;

/** Versions of bundles that are made from others, such as {@code 2.2.0-site.1}, which a bundle's name finds before 2.2.0. */
public final class DerivedVersion {
    private DerivedVersion() {}

    /**
     * The next that is free: {@code 2.2.0} becomes {@code 2.2.0-site.1}, that {@code 2.2.0-site.2}.
     *
     * @param models folder of bundles
     * @param from what is made into another
     * @param kind what is done to it: site
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
