package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk of 12 MB that can be filled; it is unmounted when closed. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Mounts it; null where this user may not. */
    static SmallDisk mount(Path folder) throws Exception {
        Path mount = Files.createDirectories(folder);
        int code = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", mount.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return code == 0 ? new SmallDisk(mount) : null;
    }

    /** Where an instance has its state. */
    Path state() {
        return mount.resolve("state");
    }

    /** Leaves no byte free. */
    void fill() {
        byte[] block = new byte[BLOCK];
        for (int size = block.length; size >= 1; size /= 8) {
            try (OutputStream out =
                    Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block, 0, size);
                }
            } catch (IOException full) {
                // No space is left for that many bytes: that is what is wanted. Fewer may still fit.
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return mount.resolve("filler");
    }

    @Override
    public void close() throws Exception {
        int code = new ProcessBuilder("umount", "-l", mount.toString()).start().waitFor();
        assertThat(code).as("umount of " + mount).isZero();
    }
}
