package io.undertone.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How commands of Undertone are started in separate processes.
 *
 * @param mainClass name of the class that takes the command line
 * @param home the project's folder
 * @param jvmOptions such as -Xmx1g
 */
public record Program(String mainClass, Path home, List<String> jvmOptions) {
    private static final String SERVING_OPTIONS = "undertone.serving.options";
    private static final String JVM_OPTIONS = "UNDERTONE_JVM_OPTS";

    public Program {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** With the launcher's Java options for serving, followed by those of the environment, as in the launcher. */
    public static Program of(Class<?> main, Path home, Map<String, String> environment) {
        List<String> jvmOptions = Stream.of(
                        System.getProperty(SERVING_OPTIONS, ""), environment.getOrDefault(JVM_OPTIONS, ""))
                .flatMap(options -> Arrays.stream(options.split(" ")))
                .filter(option -> !option.isBlank())
                .toList();
        return new Program(main.getName(), home, jvmOptions);
    }
}
