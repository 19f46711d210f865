package io.undertone.docker;

import io.undertone.config.ConfigSources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Environment variables of containers. */
final class Environment {
    /** Those of the launcher rather than of the configuration. */
    private static final Set<String> LAUNCHER = Set.of("UNDERTONE_BUILD", "UNDERTONE_JVM_OPTS");

    private Environment() {}

    /** What is said of variables that look like configuration and name no key. */
    static List<String> unknownKeys(Map<String, String> environment) {
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().removeAll(LAUNCHER);
        return new ConfigSources().environment(own).warnings();
    }
}
