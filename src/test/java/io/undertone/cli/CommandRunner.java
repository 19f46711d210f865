package io.undertone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, as a pipe would see them. */
final class CommandRunner {
    private final Map<String, String> environment = new HashMap<>();
    private Path home = Path.of("").toAbsolutePath();

    CommandRunner environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandRunner home(Path folder) {
        home = folder;
        return this;
    }

    Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                new Surroundings(
                        new PrintWriter(out, true), new PrintWriter(err, true), false, false, environment, home),
                args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /**
     * What a command did.
     *
     * @param exitCode its exit code
     * @param out all of its standard output
     * @param err all of its standard error
     */
    record Result(int exitCode, String out, String err) {
        List<String> outLines() {
            return out.lines().toList();
        }

        List<String> errLines() {
            return err.lines().toList();
        }
    }
}
