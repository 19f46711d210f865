package io.undertone.bundle;

import io.undertone.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the folder of a bundle: {@code telephone} is its newest version, {@code telephone/1.0.0} that one, else a folder. */
public final class BundleFolder {
    private static final Comparator<Path> BY_VERSION = Comparator.comparing(path -> version(path), Arrays::compare);

    private BundleFolder() {}

    /**
     * The folder of a bundle.
     *
     * @param home the project's folder, which holds {@code models}
     * @throws Failure where there is none; lists the available ones
     */
    public static Path find(Path home, String name) {
        Path models = home.resolve("models");
        for (Path candidate : List.of(Path.of(name), models.resolve(name))) {
            if (isBundle(candidate)) {
                return candidate;
            }
        }
        return versions(models.resolve(name)).stream()
                .max(BY_VERSION)
                .orElseThrow(() ->
                        new Failure("there is no bundle " + name + ": it must be a folder with a bundle.json, or in "
                                + models + ", which has " + available(models)));
    }

    /** SHA-256 of {@code bundle.json}, which lists the SHA-256 of each file: differs between any two different bundles. */
    public static String fingerprint(Path folder) {
        try {
            return Sha256.of(Files.readAllBytes(folder.resolve("bundle.json")));
        } catch (IOException e) {
            throw new Failure("cannot read " + folder.resolve("bundle.json") + ": " + e.getMessage(), e);
        }
    }

    private static boolean isBundle(Path folder) {
        return Files.isRegularFile(folder.resolve("bundle.json"));
    }

    private static List<Path> versions(Path folder) {
        return folders(folder).stream().filter(BundleFolder::isBundle).toList();
    }

    private static String available(Path models) {
        List<String> names = folders(models).stream()
                .flatMap(name -> versions(name).stream())
                .map(folder -> models.relativize(folder).toString())
                .sorted()
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    // A bundle being written.
                    .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new Failure("cannot read the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The numbers of a version, so that 1.10.0 is newer than 1.9.0. */
    private static int[] version(Path folder) {
        return Stream.of(String.valueOf(folder.getFileName()).split("[^0-9]+"))
                .filter(number -> !number.isEmpty() && number.length() < 10)
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
