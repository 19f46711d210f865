package io.undertone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as an operator starts it, and what can happen to one. */
final class ProgramProcess implements AutoCloseable {
    /** Starts quickly and stays small: many of these run one after another on few cores. */
    private static final List<String> OPTIONS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    private final Process process;
    private final Path err;
    private final Path out;

    private ProgramProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts {@code undertone args}.
     *
     * @param folder gets its output, as {@code name.out} and {@code name.err}
     */
    static ProgramProcess start(Path folder, String name, List<String> args) {
        return start(folder, name, "io.undertone.cli.Main", args);
    }

    /** Starts another program that is on the same class path. */
    static ProgramProcess start(Path folder, String name, String mainClass, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(
                List.of("-cp", classPath(), "-Dundertone.home=" + Path.of("").toAbsolutePath(), mainClass));
        command.addAll(args);
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new ProgramProcess(process, out, err);
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
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
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
        process.destroyForcibly();
    }
}
