package io.undertone.cli;

import io.undertone.config.ConfigReference;
import io.undertone.config.ConfigSources;
import io.undertone.config.UndertoneConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone config}. */
@Command(
        name = "config",
        description = "Prints every configuration key with its meaning, its value and where the value comes from.")
final class ConfigCommand extends UndertoneSubcommand {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--markdown", description = "Print the reference table of all keys instead.")
    private boolean markdown;

    @Option(names = "--json", description = "One JSON object for each key on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (markdown) {
            out().print(ConfigReference.markdown());
            return Errors.DONE;
        }
        ConfigSources sources = options.sources(surroundings().environment());
        UndertoneConfig config = sources.load();
        sources.warnings().forEach(warning -> say("undertone: " + warning));
        Map<String, String> meanings = new LinkedHashMap<>();
        ConfigReference.rows().forEach(row -> meanings.put(row.key(), row.meaning()));
        config.shown()
                .forEach((key, value) ->
                        print(key, value, sources.origin(key), meanings.getOrDefault(key, "Passed on to Kafka.")));
        return Errors.DONE;
    }

    private void print(String key, String value, String origin, String meaning) {
        if (json) {
            JsonLine.print(out(), "key", key, "value", value, "from", origin, "meaning", meaning);
        } else {
            out().println("# " + meaning);
            out().println(key + " = " + value + "  (" + origin + ")");
            out().println();
        }
    }
}
