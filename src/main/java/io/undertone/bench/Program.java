package io.undertone.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How commands of Undertone are started in processes of their own.
 *
 * @param mainClass name of the class that takes the command line
 * @param home the project's folder
 * @param jvmOptions for Java, such as -Xmx1g
 */
public record Program(String mainClass, Path home, List<String> jvmOptions) {
    private static final String JVM_OPTIONS = "UNDERTONE_JVM_OPTS";

    public Program {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** With the options for Java that the environment holds, as the launcher does it. */
    public static Program of(Class<?> main, Path home, Map<String, String> environment) {
        List<String> jvmOptions = Arrays.stream(
                        environment.getOrDefault(JVM_OPTIONS, "").split(" "))
                .filter(option -> !option.isBlank())
                .toList();
        return new Program(main.getName(), home, jvmOptions);
    }
}
