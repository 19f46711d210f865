package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.inference.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineLimitsTest {
    private static final Path TEMPORARY = Path.of("/scratch");
    private static final long ROOM = 1L << 30;

    private static MachineLimits plenty() {
        return new MachineLimits(TEMPORARY, true, ROOM, OptionalLong.empty());
    }

    private static Throwable notLoaded(String why) {
        return new EngineException(
                "ONNX Runtime must be able to start", new ExecutionException(new UnsatisfiedLinkError(why)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Java heap space | Java's heap of | -Xmx2g",
                "GC overhead limit exceeded | Java's heap of | -Xmx2g",
                "unable to create native thread: possibly out of memory | no more threads | ulimit -u",
                "Cannot reserve 4096 bytes of direct buffer memory (allocated: 1, limit: 2) | beside its heap | MaxDirectMemorySize",
                "Metaspace | memory for classes | MaxMetaspaceSize",
                "Compressed class space | memory for classes | MaxMetaspaceSize",
            })
    void shouldSayWhichMemoryIsShort(String message, String what, String remedy) {
        assertThat(plenty().describe(new IllegalStateException(new OutOfMemoryError(message))))
                .contains(what)
                .contains(remedy)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/jars/a.jar: Too many open files | ulimit -n 4096",
                "Read-only file system | read-only file system (temporary folder: /scratch); set TMPDIR",
                "No space left on device | no space left on a disk (temporary folder: /scratch)",
                "Cannot allocate memory | gives no more memory",
                "std::bad_alloc | gives no more memory",
            })
    void shouldSayWhatTheSystemRefuses(String message, String expected) {
        assertThat(plenty().describe(new IllegalStateException(new IOException(message))))
                .contains(expected);
    }

    @Test
    void shouldSayWhyALibraryCouldNotBeLoaded() {
        String unpacked = "no onnxruntime in java.library.path: /usr/lib";
        assertThat(plenty().describe(notLoaded(unpacked)))
                .contains("a native library could not be loaded: no onnxruntime in java.library.path")
                .contains("temporary folder /scratch");
        assertThat(new MachineLimits(TEMPORARY, true, MachineLimits.NEEDED_BYTES - 1, OptionalLong.empty())
                        .describe(notLoaded(unpacked)))
                .contains("no space left on a disk (temporary folder: /scratch)");
        assertThat(new MachineLimits(TEMPORARY, false, ROOM, OptionalLong.empty()).describe(notLoaded(unpacked)))
                .contains("read-only file system (temporary folder: /scratch)");
    }

    @Test
    void shouldTellAFolderThatAllowsNoProgramsFromTooLittleAddressSpace() {
        Throwable failure = notLoaded("/scratch/libonnxruntime.so: failed to map segment from shared object");
        assertThat(plenty().describe(failure)).contains("/scratch, which does not allow programs (noexec)");
        assertThat(new MachineLimits(TEMPORARY, true, ROOM, OptionalLong.of(4L << 30)).describe(failure))
                .contains("allows 4096 MB of address space")
                .contains("raise ulimit -v");
    }

    @Test
    void shouldLeaveOtherFailuresAlone() {
        assertThat(plenty().describe(new IllegalArgumentException("must be positive: x=-1")))
                .isNull();
    }

    @Test
    void shouldReadTheLimitOfAddressSpace() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1048576              1048576              files
                Max address space         %s           unlimited            bytes
                """;
        assertThat(MachineLimits.addressSpace(String.format(limits, "4294967296")))
                .hasValue(4_294_967_296L);
        assertThat(MachineLimits.addressSpace(String.format(limits, "unlimited")))
                .isEmpty();
    }
}
