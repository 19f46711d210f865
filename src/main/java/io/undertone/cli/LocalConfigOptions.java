package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that configure a command which needs no cluster. */
final class LocalConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Properties file of configuration keys.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "One configuration key; takes precedence over the environment and the file.")
    private List<String> assignments = new ArrayList<>();

    /** Adds these options as sources. */
    void addTo(ConfigSources sources) {
        if (file != null) {
            sources.file(file);
        }
        assignments.forEach(sources::set);
    }

    /** These options as given, for another command. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (file != null) {
            arguments.addAll(List.of("--config", file.toAbsolutePath().toString()));
        }
        assignments.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
        return arguments;
    }

    /** The resulting configuration; warnings go to standard error. */
    UndertoneConfig load(Surroundings surroundings) {
        ConfigSources sources = new ConfigSources().environment(surroundings.environment());
        addTo(sources);
        return load(sources, surroundings);
    }

    static UndertoneConfig load(ConfigSources sources, Surroundings surroundings) {
        UndertoneConfig config = sources.load();
        sources.warnings().forEach(warning -> surroundings.err().println("undertone: " + warning));
        return config;
    }
}
