package io.undertone.cli;

import io.undertone.embedded.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as an operator starts it, and what can happen to one. */
final class ProgramProcess implements AutoCloseable {
    /** Starts quickly and stays small: many of these run one after another on few cores. */
    private static final List<String> OPTIONS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    private final Process process;
    private final Path err;
    private final Path out;
    /** Once it has ended and its temporary folder is deleted. */
    private final CompletableFuture<Void> gone;

    private ProgramProcess(Process process, Path out, Path err, Path temporary) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.gone = process.onExit().thenRun(() -> TemporaryFolder.delete(temporary));
    }

    /**
     * Starts {@code undertone args}.
     *
     * @param folder gets its output, as {@code name.out} and {@code name.err}, and until it has ended its temporary folder, where it
     *     unpacks its native libraries: a process that is killed leaves them, 28 MB, and only the launcher removes those of others
     */
    static ProgramProcess start(Path folder, String name, List<String> args) {
        return start(folder, name, "io.undertone.cli.Main", args);
    }

    /** Starts another program that is on the same class path. */
    static ProgramProcess start(Path folder, String name, String mainClass, List<String> args) {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            Path temporary = Files.createTempDirectory(folder, name + "-tmp-");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(OPTIONS);
            command.addAll(List.of(
                    "-cp",
                    classPath(),
                    "-Djava.io.tmpdir=" + temporary.toAbsolutePath(),
                    "-Dundertone.home=" + Path.of("").toAbsolutePath(),
                    mainClass));
            command.addAll(args);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new ProgramProcess(process, out, err, temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is shipped, where it has been packaged; else what the tests see. */
    private static String classPath() {
        Path lib = Path.of("target/lib").toAbsolutePath();
        return Files.isDirectory(lib)
                ? Path.of("target/classes").toAbsolutePath() + ":" + lib + "/*"
                : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Waits for its end; whether it came in time. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (ended) {
            gone.join();
        }
        return ended;
    }

    /** SIGKILL, without waiting for its end. */
    void signalKill() {
        process.destroyForcibly();
    }

    /** SIGKILL, and waits for its end. */
    void kill() {
        signalKill();
        gone.join();
    }

    /** SIGTERM. */
    void stop() {
        process.destroy();
    }

    /** SIGSTOP: it stands still and does not know. */
    void pause() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    void goOn() throws Exception {
        signal("CONT");
    }

    /** SIGQUIT: it writes what each thread is at to its standard output, and goes on. */
    void dumpThreads() throws Exception {
        signal("QUIT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Everything on standard error so far. */
    String err() {
        return read(err);
    }

    /** Everything on standard output so far. */
    String out() {
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean says(String text) {
        return err().contains(text);
    }

    @Override
    public void close() {
        kill();
    }
}
