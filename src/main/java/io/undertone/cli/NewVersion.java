package io.undertone.cli;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleFolder;
import io.undertone.bundle.DerivedVersion;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The bundle that a command derives another from, where it writes that, and under which version. */
final class NewVersion {
    @Parameters(
            paramLabel = "BUNDLE",
            description = BundleCommand.BUNDLE,
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private String bundle = "";

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

    /** The folder of the bundle to derive from. */
    Path from(Path home) {
        return BundleFolder.find(home, bundle);
    }

    /** The folder of bundles. */
    Path models() {
        return models;
    }

    /**
     * The version that was asked for, or the next free one.
     *
     * @param before the bundle to derive from, opened only if no version was asked for
     * @param kind of the change, see {@link DerivedVersion}
     */
    String of(Supplier<BundleContent> before, String kind) {
        return version == null ? DerivedVersion.next(models, before.get(), kind) : version;
    }
}
