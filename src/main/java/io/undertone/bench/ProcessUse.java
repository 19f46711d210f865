package io.undertone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * CPU time and memory of a process.
 *
 * @param cpuSeconds user and system time of all its threads so far
 * @param residentMb resident memory, MB (2^20 bytes); empty on systems other than Linux
 */
public record ProcessUse(double cpuSeconds, OptionalDouble residentMb) {
    private static final double KB_PER_MB = 1_024;

    /** Current values; zero where the process has ended. */
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
