package io.undertone.bundle;

import java.nio.file.Path;

/** Opens the newest version of a bundle of the project, for benchmarks that run in the project's folder. */
public final class NewestBundle {
    private NewestBundle() {}

    /** The content of the newest version under {@code models/}. */
    public static BundleContent open(String name) {
        return Bundle.open(BundleFolder.find(Path.of(""), name)).content();
    }
}
