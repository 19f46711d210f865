package io.undertone.cli;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.DerivedVersion;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where commands that derive a bundle from another write it, and under which version. */
final class NewVersion {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder of bundles; the bundle goes to DIR/NAME/VERSION.")
    private Path models = Path.of("models");

    @Option(
            names = "--bundle-version",
            paramLabel = "VERSION",
            description = "Version of the new bundle. Without it: that of BUNDLE with a suffix that says what was done,"
                    + " such as -site.1 or -vote.1, or the next free number.")
    private @Nullable String version;

    /** The folder of bundles. */
    Path models() {
        return models;
    }

    /**
     * The version that was asked for, or the next free one.
     *
     * @param kind of the change, see {@link DerivedVersion}
     */
    String of(BundleContent before, String kind) {
        return version == null ? DerivedVersion.next(models, before, kind) : version;
    }
}
