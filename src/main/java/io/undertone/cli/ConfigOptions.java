package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
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
}
