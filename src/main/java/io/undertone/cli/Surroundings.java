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
 * The environment of a command; tests create their own.
 *
 * @param out standard output, for results only
 * @param err standard error, for progress and errors
 * @param outIsTerminal whether {@code out} is a terminal
 * @param errIsTerminal whether {@code err} is a terminal
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

    /** The environment of this process. The launcher passes which streams are terminals and the project's folder. */
    static Surroundings ofProcess() {
        // A terminal without colour and cursor control is treated like a file.
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

    /** Whether to use colour on {@code out}: see no-color.org. */
    boolean colour() {
        return outIsTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /** The recording that commands take where none is named. */
    Path sampleCall() {
        return home.resolve("demo").resolve("call.wav");
    }

    private static BufferedWriter writer(FileDescriptor stream) {
        return new BufferedWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
    }

    /** The nearest folder from {@code start} upwards that holds models; with the launcher, {@code start} itself. */
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
