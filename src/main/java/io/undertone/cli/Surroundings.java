package io.undertone.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it. Tests make their own.
 *
 * @param out standard output: what was asked for, and nothing else
 * @param err standard error: what is going on
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param errIsTerminal whether a person sees {@code err}
 * @param environment environment variables
 * @param home the project's folder, which holds {@code models} and {@code demo}
 */
record Surroundings(
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        Path home) {
    private static final String HOME = "undertone.home";

    /** Those of the process. The launcher says which streams are terminals and where the project is. */
    static Surroundings ofProcess() {
        // A terminal that can neither colour nor move its cursor is written to like a file.
        boolean canDraw = !"dumb".equals(System.getenv("TERM"));
        return new Surroundings(
                // Flushed line by line, also into a pipe.
                new PrintWriter(writer(FileDescriptor.out), true),
                new PrintWriter(writer(FileDescriptor.err), true),
                canDraw && Boolean.getBoolean("undertone.terminal.out"),
                canDraw && Boolean.getBoolean("undertone.terminal.err"),
                System.getenv(),
                findHome(Path.of(System.getProperty(HOME, ""))));
    }

    /** Whether colour is wanted on {@code out}: see no-color.org. */
    boolean colour() {
        return outIsTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    private static BufferedWriter writer(FileDescriptor stream) {
        return new BufferedWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
    }

    /** The nearest folder from here upwards that holds models; started by the launcher, that is {@code start} itself. */
    private static Path findHome(Path start) {
        Path absolute = start.toAbsolutePath().normalize();
        for (Path folder = absolute; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("models"))) {
                return folder;
            }
        }
        return absolute;
    }
}
