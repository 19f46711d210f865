package io.undertone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Describes this machine, for reports. */
public final class BenchMachine {
    private BenchMachine() {}

    /** By name: processor, cores, memory, system, Java; without what the system does not report. */
    public static Map<String, Object> describe() {
        Map<String, Object> machine = new LinkedHashMap<>();
        put(machine, "processor", "/proc/cpuinfo", "model name");
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        put(machine, "memory", "/proc/meminfo", "MemTotal");
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return machine;
    }

    private static void put(Map<String, Object> machine, String name, String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .ifPresent(line -> machine.put(
                            name, line.substring(line.indexOf(':') + 1).strip()));
        } catch (IOException e) {
            // Not Linux: left out.
            return;
        }
    }
}
