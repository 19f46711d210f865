package io.undertone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a process has used so far.
 *
 * @param cpuSeconds of all its threads, user and system
 * @param residentMb memory that it holds, MB (2^20 bytes); empty where the system does not tell (only Linux does)
 */
public record ProcessUse(double cpuSeconds, OptionalDouble residentMb) {
    private static final double KB_PER_MB = 1_024;

    /** As of now; zero where the process has ended. */
    public static ProcessUse of(ProcessHandle process) {
        double cpu = process.info()
                .totalCpuDuration()
                .map(duration -> duration.toNanos() / 1e9)
                .orElse(0.0);
        return new ProcessUse(cpu, residentMb(process.pid()));
    }

    private static OptionalDouble residentMb(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KB_PER_MB)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
