package io.undertone.bundle;

import io.undertone.bundle.BundleManifest.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads files of one bundle's folder only: names without separators, no links, bounded sizes. */
final class BundleFiles {
    /** Far above the size of any real bundle; a forged one must not exhaust memory. */
    static final long MAX_MANIFEST_BYTES = 4L << 20;

    static final long MAX_FILE_BYTES = 256L << 20;

    /** Limit of all files together. */
    static final long MAX_BUNDLE_BYTES = 512L << 20;

    private static final String GET_AGAIN = "get the bundle again from where it was published";

    private final Path folder;
    private final long maxBytes;
    private long verifiedBytes;

    BundleFiles(Path folder) {
        this(folder, MAX_BUNDLE_BYTES);
    }

    /** @param maxBytes of all files together */
    BundleFiles(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** The manifest's bytes. */
    byte[] manifest() {
        if (!Files.isDirectory(folder)) {
            throw new BundleException(
                    folder, "a bundle must be a folder that is there", "check the path, models/NAME/VERSION");
        }
        return read(BundleManifest.FILE, MAX_MANIFEST_BYTES);
    }

    /** A listed file's bytes, after checking its size and hash. */
    byte[] verified(FileEntry entry) {
        try {
            BundleContent.requireWord(entry.file(), "file");
        } catch (IllegalArgumentException e) {
            throw new BundleException(
                    folder.resolve(BundleManifest.FILE),
                    "files must lie in the bundle's own folder: " + e.getMessage(),
                    GET_AGAIN,
                    e);
        }
        Path file = folder.resolve(entry.file());
        byte[] bytes = read(entry.file(), Math.min(MAX_FILE_BYTES, maxBytes - verifiedBytes));
        verifiedBytes += bytes.length;
        if (bytes.length != entry.bytes()) {
            throw new BundleException(
                    file,
                    "must have the " + entry.bytes() + " bytes that bundle.json says: bytes=" + bytes.length,
                    GET_AGAIN);
        }
        String hash = Sha256.of(bytes);
        if (!hash.equals(entry.sha256())) {
            throw new BundleException(
                    file,
                    "must have the SHA-256 that bundle.json says, " + entry.sha256() + ": sha256=" + hash,
                    GET_AGAIN);
        }
        return bytes;
    }

    private byte[] read(String name, long limit) {
        Path file = folder.resolve(name);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new BundleException(file, "must be there, as a plain file", GET_AGAIN);
            }
            long size = Files.size(file);
            if (size > limit) {
                throw new BundleException(file, "must have at most " + limit + " bytes: bytes=" + size, GET_AGAIN);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BundleException(file, "must be readable: " + e, "check its permissions", e);
        }
    }
}
