package io.undertone.inference.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whether this machine's processor accumulates byte products in 32 bits in one instruction (VNNI on x86, dot products on Arm). Without it, ONNX Runtime adds two of them in 16 bits, at most 32,767, although 255 x 127 + 255 x 127 is 64,770: sums saturate silently.
 */
final class ByteProducts {
    /** Linux's names for them; any one suffices. */
    static final Set<String> FLAGS = Set.of("avx512_vnni", "avx_vnni", "asimddp");

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private ByteProducts() {}

    /** Whether it does; false if unknown, as on systems other than Linux. */
    static boolean areExact() {
        try {
            return areExact(Files.readAllLines(CPU, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether every core reports it, each in a line {@code flags : fpu avx512_vnni ...}, or {@code Features} on Arm. */
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
