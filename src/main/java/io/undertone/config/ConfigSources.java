package io.undertone.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The sources of settings, in order of precedence: {@code --set}, then Kafka's own options
 * ({@code --bootstrap-server}, {@code --command-config}), then the environment, then the file, then the
 * default.
 *
 * <p>The environment names a key in capitals with {@code UNDERTONE_} before it and underscores for dots:
 * {@code UNDERTONE_INFERENCE_ENGINE} is {@code inference.engine}, {@code UNDERTONE_STREAMS_STATE_DIR} is
 * {@code streams.state.dir}. A variable that names no key is a {@linkplain #warnings() warning}, not an error, since
 * orchestrators set variables with that prefix (Kubernetes: {@code UNDERTONE_SERVICE_HOST}). In any other source an unknown key is an
 * error.
 *
 * <p>Add sources in any order, then call {@link #load()}. Not thread-safe.
 */
public final class ConfigSources {
    /** The {@link #origin} of a value that no source sets. */
    public static final String DEFAULT = "default";

    private static final String ENVIRONMENT_PREFIX = "UNDERTONE_";

    /** Variables that only the launcher reads. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("UNDERTONE_BUILD", "UNDERTONE_JVM_OPTS");

    private final Map<String, String> file = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> kafkaOptions = new HashMap<>();
    private final Map<String, String> set = new HashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** Reads a properties file in UTF-8. */
    public ConfigSources file(Path path) {
        file.putAll(read(path, "configuration file"));
        return this;
    }

    /** Reads Undertone's variables from the environment, usually {@link System#getenv()}. */
    public ConfigSources environment(Map<String, String> variables) {
        Map<String, String> keyOfVariable = new HashMap<>();
        ConfigKeys.DEFINITION.names().forEach(key -> keyOfVariable.put(variable(key), key));
        new TreeMap<>(variables).forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX) && !OF_THE_LAUNCHER.contains(name)) {
                String key = keyOfVariable.getOrDefault(name, passThroughKey(name));
                if (key != null) {
                    environment.put(key, value);
                } else {
                    String meant = NearestKey.to(name, keyOfVariable.keySet())
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("");
                    warnings.add(
                            "environment variable " + name + " names no configuration key and is not used" + meant);
                }
            }
        });
        return this;
    }

    /** Adds {@code --bootstrap-server}. */
    public ConfigSources bootstrapServers(String servers) {
        kafkaOptions.put(ConfigKeys.BOOTSTRAP_SERVERS, servers);
        return this;
    }

    /** Reads {@code --command-config}: a file of Kafka client settings, without prefix. */
    public ConfigSources commandConfig(Path path) {
        read(path, "command configuration file")
                .forEach((key, value) -> kafkaOptions.putIfAbsent("kafka." + key, value));
        return this;
    }

    /** Adds one {@code --set KEY=VALUE}. */
    public ConfigSources set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ConfigException("must be KEY=VALUE: --set " + assignment);
        }
        return set(
                assignment.substring(0, equals).strip(),
                assignment.substring(equals + 1).strip());
    }

    /** Adds one setting with the precedence of {@code --set}. */
    public ConfigSources set(String key, Object value) {
        set.put(key, value.toString());
        return this;
    }

    /** Warnings about ignored settings, as log lines. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * The resulting configuration.
     *
     * @throws ConfigException if a key is unknown or a value is not allowed, alone or in combination with others
     */
    public UndertoneConfig load() {
        Map<String, String> merged = new HashMap<>(file);
        merged.putAll(environment);
        merged.putAll(kafkaOptions);
        merged.putAll(set);
        UndertoneConfig config = new UndertoneConfig(merged);
        warnings.addAll(config.warnings());
        return config;
    }

    /** The environment variable of this key. */
    static String variable(String key) {
        return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** A description of the source that the value of a key comes from. */
    public String origin(String key) {
        if (set.containsKey(key)) {
            return "--set";
        }
        if (kafkaOptions.containsKey(key)) {
            return "--bootstrap-server or --command-config";
        }
        if (environment.containsKey(key)) {
            return "environment variable " + variable(key);
        }
        return file.containsKey(key) ? "file" : DEFAULT;
    }

    private static @Nullable String passThroughKey(String variable) {
        String key = variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
        boolean passes = ConfigKeys.PASS_THROUGH.stream().anyMatch(p -> key.startsWith(p) && key.length() > p.length());
        return passes ? key : null;
    }

    private static Map<String, String> read(Path path, String what) {
        Properties properties = new Properties();
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            // Windows editors may begin a file with a byte order mark, which would become part of the first key.
            properties.load(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(what + " cannot be read: " + path + " (" + e + ")");
        }
        Map<String, String> values = new HashMap<>();
        properties.forEach(
                (key, value) -> values.put(key.toString(), value.toString().strip()));
        return values;
    }
}
