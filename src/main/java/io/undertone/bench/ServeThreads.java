package io.undertone.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of the threads of a {@code serve}, by part, from their names on Linux, which are the first
 * 15 characters of Java's. {@code features} and {@code inference} are the threads of these stages (inference: the
 * networks' as well), {@code gateway} those that serve connections and pass chunks on; {@code kafka} sends and fetches for all
 * of them, {@code java} is everything else, mainly garbage collection and compilation. Immutable.
 */
final class ServeThreads {
    private static final String KAFKA = "kafka";
    private static final String JAVA = "java";
    private static final double NANOS_PER_SECOND = 1e9;

    /** Parts by prefix of the thread's name. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("undertone-gatew", "gateway");
        PARTS.put("undertone-audio", "gateway");
        PARTS.put("undertone-featu", "features");
        PARTS.put("undertone-infer", "inference");
        PARTS.put("undertone-onnx-", "inference");
        PARTS.put("undertone-trees", "inference");
        PARTS.put("undertone-alert", "alerts");
        PARTS.put("undertone-webho", "webhooks");
        PARTS.put("undertone-web-", "web");
        PARTS.put("kafka-", KAFKA);
    }

    private record Spent(String part, double cpuSeconds) {}

    /** By thread id. */
    private final Map<String, Spent> threads;

    private ServeThreads(Map<String, Spent> threads) {
        this.threads = threads;
    }

    /** Current values; without threads on systems other than Linux. */
    static ServeThreads of(ProcessHandle serve) {
        return of(Path.of("/proc", Long.toString(serve.pid()), "task"));
    }

    /** @param tasks holds a folder for each thread, with {@code comm} and {@code schedstat} */
    static ServeThreads of(Path tasks) {
        Map<String, Spent> threads = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(tasks)) {
            for (Path folder : folders) {
                read(folder, threads);
            }
        } catch (IOException e) {
            // Not Linux, or it has ended.
            return new ServeThreads(Map.of());
        }
        return new ServeThreads(threads);
    }

    private static void read(Path folder, Map<String, Spent> threads) {
        try {
            String name = Files.readString(folder.resolve("comm")).strip();
            String[] spent =
                    Files.readString(folder.resolve("schedstat")).strip().split(" ");
            threads.put(
                    String.valueOf(folder.getFileName()),
                    new Spent(part(name), Long.parseLong(spent[0]) / NANOS_PER_SECOND));
        } catch (IOException e) {
            // The thread has ended meanwhile.
            return;
        }
    }

    private static String part(String name) {
        return PARTS.entrySet().stream()
                .filter(part -> name.startsWith(part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(JAVA);
    }

    /**
     * By part: CPU seconds of its threads since {@code earlier}, without threads that have ended meanwhile. Empty on
     * systems other than Linux.
     */
    Map<String, Double> since(ServeThreads earlier) {
        Map<String, Double> seconds = new TreeMap<>();
        threads.forEach((number, now) -> {
            Spent then = earlier.threads.get(number);
            seconds.merge(now.part, now.cpuSeconds - (then == null ? 0 : then.cpuSeconds), Double::sum);
        });
        return seconds;
    }
}
