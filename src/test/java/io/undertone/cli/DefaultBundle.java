package io.undertone.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** The bundle that ships with the program. */
final class DefaultBundle {
    private static final Path FOLDER = Path.of("models/telephone");

    private DefaultBundle() {}

    /** Skips the test where the bundle is not there. */
    static void isNeeded() {
        assumeThat(Files.isDirectory(FOLDER))
                .as("the default bundle under " + FOLDER)
                .isTrue();
    }
}
