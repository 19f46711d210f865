package io.undertone.cli;

import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Mixin;

/** The options that configure a command, cluster included. */
final class ConfigOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LocalConfigOptions local = new LocalConfigOptions();

    /** All sources, not validated yet. */
    ConfigSources sources(Map<String, String> environment) {
        ConfigSources sources = new ConfigSources().environment(environment);
        kafka.addTo(sources);
        local.addTo(sources);
        return sources;
    }

    /** The resulting configuration; warnings go to standard error. */
    UndertoneConfig load(Surroundings surroundings) {
        return LocalConfigOptions.load(sources(surroundings.environment()), surroundings);
    }

    /** Whether {@code --bootstrap-server} was given. */
    boolean namesCluster() {
        return kafka.namesCluster();
    }

    /** The shell command that creates the topics of this configuration, without secrets. */
    String topicsCommand(UndertoneConfig config) {
        StringJoiner command = new StringJoiner(" ", "undertone topics ", "");
        command.add("--bootstrap-server").add(config.bootstrapServers());
        arguments().forEach(argument -> command.add(ShellWord.quote(withoutSecret(argument))));
        return command.toString();
    }

    private static String withoutSecret(String argument) {
        int equals = argument.indexOf('=');
        return equals > 0 && UndertoneConfig.isSecret(argument.substring(0, equals))
                ? argument.substring(0, equals) + "=[hidden]"
                : argument;
    }

    /** These options as given, for another command; without {@code --bootstrap-server}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(kafka.arguments());
        arguments.addAll(local.arguments());
        return arguments;
    }
}
