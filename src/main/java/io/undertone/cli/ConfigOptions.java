package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that configure a command, cluster included. */
final class ConfigOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--config", paramLabel = "FILE", description = "Properties file of configuration keys.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "One configuration key; stronger than the environment and the file.")
    private List<String> assignments = new ArrayList<>();

    /** All sources put together, none checked yet. */
    ConfigSources sources(Map<String, String> environment) {
        ConfigSources sources = new ConfigSources();
        if (file != null) {
            sources.file(file);
        }
        sources.environment(environment);
        kafka.addTo(sources);
        assignments.forEach(sources::set);
        return sources;
    }

    /** The configuration that holds; warnings go to standard error. */
    UndertoneConfig load(Surroundings surroundings) {
        ConfigSources sources = sources(surroundings.environment());
        UndertoneConfig config = sources.load();
        sources.warnings().forEach(warning -> surroundings.err().println("undertone: " + warning));
        return config;
    }
}
