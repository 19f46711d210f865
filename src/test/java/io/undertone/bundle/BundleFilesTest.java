package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFilesTest {
    @TempDir
    private Path folder;

    /** 64 voters of the largest size each would be 16 GB. */
    @Test
    void shouldRefuseFilesThatAreTooManyBytesTogether() throws Exception {
        byte[] bytes = new byte[600];
        BundleFiles files = new BundleFiles(folder, 1_000);
        Files.write(folder.resolve("one.bin"), bytes);
        Files.write(folder.resolve("two.bin"), bytes);
        assertThat(files.verified(entry("one.bin", bytes))).hasSize(600);
        assertThatThrownBy(() -> files.verified(entry("two.bin", bytes)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("must have at most 400 bytes: bytes=600");
    }

    private static BundleManifest.FileEntry entry(String name, byte[] bytes) {
        return new BundleManifest.FileEntry(name, bytes.length, Sha256.of(bytes));
    }
}
