package io.undertone.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Adds scores to an existing bundle on disk; the rest of {@code bundle.json} stays unchanged. */
public final class BundleScores {
    private BundleScores() {}

    /**
     * Replaces the figures in {@code bundle.json} that live windows are compared with.
     *
     * @param folder of the bundle
     * @throws BundleException where it can't be read or written
     */
    public static void put(Path folder, ReferenceFigures figures) {
        Path file = folder.resolve(BundleManifest.FILE);
        Path draft = folder.resolve("." + BundleManifest.FILE + ".new");
        try {
            JsonNode manifest = BundleJson.tree(Files.readAllBytes(file));
            if (!(manifest.path("scores") instanceof ObjectNode scores)) {
                throw new BundleException(file, "scores must be an object", "get the bundle again or retrain it");
            }
            figures.putInto(scores);
            Files.write(draft, BundleJson.bytes(manifest));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BundleException(file, "must be writable: " + e, "free space or copy the bundle elsewhere", e);
        }
    }
}
