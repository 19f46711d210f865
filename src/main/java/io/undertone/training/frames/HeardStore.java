package io.undertone.training.frames;

import io.undertone.training.corpus.Clip;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Caches the windows of clips, one file per clip, so that a restarted run, and other runs on the same recordings, start training at once. A
 * file's name is a hash of everything that its windows depend on: the recording's name, size and modification time, and the parameters of
 * augmentation and features. Thread-safe; files for other parameters stay until the folder is deleted.
 */
final class HeardStore {
    private static final int MAGIC = 0x55544853;

    private final Path folder;
    private final String identity;

    /**
     * @param folder created when first needed
     * @param identity everything that windows depend on except the recordings, in one line
     */
    HeardStore(Path folder, String identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /** The cached windows of a clip, if complete. */
    Optional<List<WindowCopy>> read(Clip clip, int copies) {
        Path file = file(clip, copies);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                return Optional.empty();
            }
            int count = in.readInt();
            List<WindowCopy> windows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                windows.add(WindowCopy.read(in));
            }
            return Optional.of(windows);
        } catch (IOException e) {
            return Optional.empty(); // truncated: treated as absent
        }
    }

    /** Caches the windows of a clip. */
    void write(Clip clip, int copies, List<WindowCopy> windows) {
        Path file = file(clip, copies);
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "heard", ".part");
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                out.writeInt(MAGIC);
                out.writeInt(windows.size());
                for (WindowCopy window : windows) {
                    window.write(out);
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(Clip clip, int copies) {
        try {
            String all = identity + " " + copies + " " + clip.key() + " " + Files.size(clip.file()) + " "
                    + Files.getLastModifiedTime(clip.file()).toMillis();
            return folder.resolve(UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)) + ".heard");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
