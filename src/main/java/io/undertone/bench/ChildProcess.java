package io.undertone.bench;

import io.undertone.failure.Failure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Another command of Undertone in a separate process with the same Java, class path and environment. Always ends with
 * this process. Thread-safe.
 */
final class ChildProcess implements AutoCloseable {
    private static final long START_SECONDS = 90;
    private static final long END_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Thread killer;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private volatile String lastLine = "";

    private ChildProcess(String name, Process process, Consumer<String> echo) {
        this.name = name;
        this.process = process;
        this.killer = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(killer);
        Thread reader = new Thread(() -> read(echo), "read-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a command.
     *
     * @param program how commands are started
     * @param name of the command, its first argument
     * @param args its other arguments
     * @param echo receives each line of its standard error
     */
    static ChildProcess start(Program program, String name, List<String> args, Consumer<String> echo)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.jvmOptions());
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-Dundertone.home=" + program.home(),
                "-cp",
                absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                program.mainClass(),
                name));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ChildProcess(name, process, echo);
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private void read(Consumer<String> echo) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastLine = line;
                echo.accept(line);
                if (line.startsWith("ready")) {
                    ready.complete(line);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            lastLine = e.toString();
        }
        ready.completeExceptionally(ended());
    }

    private Failure ended() {
        return new Failure("the process of 'undertone " + name + "' has ended: " + lastLine);
    }

    /**
     * Waits until the command reports that it is ready.
     *
     * @return the line that reports it
     * @throws Failure where it ends or is not ready in time
     */
    String awaitReady() throws InterruptedException {
        try {
            return ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Failure("'undertone " + name + "' must be ready within " + START_SECONDS + " s: " + lastLine, e);
        } catch (ExecutionException e) {
            throw ended();
        }
    }

    /** @throws Failure where it has ended */
    void requireAlive() {
        if (!process.isAlive()) {
            throw ended();
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Terminates it, forcibly where it does not end in time. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
