package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The options that configure a command, cluster included. */
final class ConfigOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LocalConfigOptions local = new LocalConfigOptions();

    /** All sources put together, none checked yet. */
    ConfigSources sources(Map<String, String> environment) {
        ConfigSources sources = new ConfigSources().environment(environment);
        kafka.addTo(sources);
        local.addTo(sources);
        return sources;
    }

    /** The configuration that holds; warnings go to standard error. */
    UndertoneConfig load(Surroundings surroundings) {
        return LocalConfigOptions.load(sources(surroundings.environment()), surroundings);
    }

    /** Whether {@code --bootstrap-server} was given. */
    boolean namesCluster() {
        return kafka.namesCluster();
    }

    /** These options as they were given, for another command; but for {@code --bootstrap-server}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(kafka.arguments());
        arguments.addAll(local.arguments());
        return arguments;
    }
}
