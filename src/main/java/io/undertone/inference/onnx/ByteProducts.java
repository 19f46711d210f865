package io.undertone.inference.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whether this machine's processor adds products of bytes in 32 bits by one instruction (VNNI on x86, dot products on Arm). Without it, ONNX
 * Runtime adds two of them in 16 bits, which hold 32,767, where 255 x 127 + 255 x 127 is 64,770: sums are cut off, silently.
 */
final class ByteProducts {
    /** By the names that Linux gives them; any one will do. */
    static final Set<String> FLAGS = Set.of("avx512_vnni", "avx_vnni", "asimddp");

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private ByteProducts() {}

    /** Whether it does; false where that is not known, as on other systems than Linux. */
    static boolean areExact() {
        try {
            return areExact(Files.readAllLines(CPU, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether every core says so, each with a line {@code flags : fpu avx512_vnni ...}, or {@code Features} on Arm. */
    static boolean areExact(List<String> cpuinfo) {
        List<Set<String>> cores = cpuinfo.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .distinct()
                .map(line -> Set.copyOf(Arrays.asList(line.split("\\s+"))))
                .toList();
        return !cores.isEmpty()
                && cores.stream().allMatch(core -> FLAGS.stream().anyMatch(core::contains));
    }
}
