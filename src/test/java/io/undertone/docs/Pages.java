package io.undertone.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown pages of the project: what a reader may come to. */
public final class Pages {
    private static final List<String> FOLDERS = List.of("docs", "demo", "models", "src/main");
    private static final List<String> FILES = List.of("README.md", "CONTRIBUTING.md", "RATIONALE.md", "CHANGELOG.md");

    private Pages() {}

    /** All pages, those of the project's root first, each with a parent folder. */
    public static List<Path> all() throws IOException {
        Stream<Path> found = FILES.stream().map(Path.of(".")::resolve);
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                found = Stream.concat(
                        found, files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
            }
        }
        return found.toList();
    }

    /** The pages that say how to use the program: the README, how to contribute, and all under {@code docs/}. */
    public static List<Path> ofUse() throws IOException {
        return all().stream()
                .filter(page ->
                        page.startsWith("docs") || page.endsWith("README.md") || page.endsWith("CONTRIBUTING.md"))
                .toList();
    }
}
