package io.undertone.bundle;

import io.undertone.bundle.BundleManifest.Calibration;
import io.undertone.bundle.BundleManifest.FileEntry;
import io.undertone.bundle.BundleManifest.Kind;
import io.undertone.bundle.BundleManifest.Lasting;
import io.undertone.bundle.BundleManifest.VoterEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bundle's folder, {@code <models>/<name>/<version>}: {@code bundle.json}, a file of raw little-endian float32 for each
 * network, {@code NAME.ubj} for the trees, and {@code ensemble.onnx}, whose weights are those files. The same content gives
 * the same bytes except for {@code created}. The folder appears atomically.
 */
public final class BundleWriter {
    static final String ONNX_FILE = "ensemble.onnx";

    private BundleWriter() {}

    /**
     * Writes a new bundle.
     *
     * @param models folder that holds bundles
     * @param created date for {@code bundle.json}
     * @param extras further files by name, such as a model card; not verified on reading
     * @param onnx makes {@code ensemble.onnx}
     * @return the bundle's folder
     * @throws BundleException where that version exists or can't be written
     */
    public static Path write(
            Path models,
            BundleContent content,
            LocalDate created,
            Map<String, String> extras,
            Function<BundleContent, byte[]> onnx) {
        return write(models, content, created, extras, onnx, false);
    }

    /**
     * Checks, before long work, that {@link #write} may write that version.
     *
     * @throws BundleException where that version exists
     */
    public static void requireFree(Path models, String name, String version) {
        Path folder = models.resolve(name).resolve(version);
        if (Files.exists(folder)) {
            throw new BundleException(folder, "a bundle must not be there yet", "choose another version or replace it");
        }
    }

    /** As {@link #write}, but replaces a bundle of that name and version, deleting its whole folder. */
    public static Path replace(
            Path models,
            BundleContent content,
            LocalDate created,
            Map<String, String> extras,
            Function<BundleContent, byte[]> onnx) {
        return write(models, content, created, extras, onnx, true);
    }

    private static Path write(
            Path models,
            BundleContent content,
            LocalDate created,
            Map<String, String> extras,
            Function<BundleContent, byte[]> onnx,
            boolean replace) {
        Path folder = models.resolve(content.name()).resolve(content.version());
        if (!replace) {
            requireFree(models, content.name(), content.version());
        }
        Map<String, byte[]> files = files(content, created, onnx.apply(content));
        extras.forEach((name, text) -> {
            BundleContent.requireWord(name, "extra file");
            if (files.putIfAbsent(name, text.getBytes(StandardCharsets.UTF_8)) != null) {
                throw new IllegalArgumentException("must not be one of the bundle's own files: extra file=" + name);
            }
        });
        try {
            Files.createDirectories(folder.getParent());
            Path draft =
                    Files.createDirectory(folder.resolveSibling("." + content.version() + "-" + UUID.randomUUID()));
            try {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Files.write(draft.resolve(file.getKey()), file.getValue());
                }
                if (replace) {
                    delete(folder);
                }
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(draft);
            }
        } catch (IOException e) {
            throw new BundleException(folder, "must be writable: " + e, "free space or choose another folder", e);
        }
        return folder;
    }

    private static Map<String, byte[]> files(BundleContent content, LocalDate created, byte[] graph) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, InputPreparation> preparations = new LinkedHashMap<>();
        Map<String, NetworkSpec> networks = new LinkedHashMap<>();
        List<VoterEntry> voters = new ArrayList<>();
        for (Voter voter : content.voters()) {
            String preparation = shared(preparations, voter.preparation(), "input");
            if (voter instanceof Voter.Network network) {
                String spec = shared(networks, network.spec(), "network");
                FileEntry weights =
                        add(files, network.weightsFile(), network.weights().toBytes());
                voters.add(new VoterEntry(voter.name(), Kind.NETWORK, spec, preparation, weights));
            } else if (voter instanceof Voter.Trees trees) {
                FileEntry model =
                        add(files, voter.name() + ".ubj", trees.model().toBytes());
                voters.add(new VoterEntry(voter.name(), Kind.XGBOOST, null, preparation, model));
            }
        }
        FileEntry onnx = add(files, ONNX_FILE, graph);
        BundleManifest manifest = new BundleManifest(
                BundleManifest.FORMAT_VERSION,
                content.name(),
                content.version(),
                created.toString(),
                content.labels(),
                content.features(),
                content.features().fingerprint(),
                preparations,
                networks,
                voters,
                onnx,
                new Calibration(content.temperature()),
                content.persistence().usesEarlierWindows() ? Lasting.of(content.persistence()) : null,
                content.persistence().voiceBaseline(),
                content.priors().absent() ? null : content.priors(),
                content.affect(),
                content.contrastWeights().absent() ? null : content.contrastWeights(),
                content.quantisation().absent() ? null : content.quantisation(),
                content.licence(),
                content.provenance(),
                content.scores());
        files.put(BundleManifest.FILE, BundleJson.bytes(manifest));
        return files;
    }

    private static <T> String shared(Map<String, T> known, T value, String word) {
        for (Map.Entry<String, T> entry : known.entrySet()) {
            if (entry.getValue().equals(value)) {
                return entry.getKey();
            }
        }
        String name = word + "-" + (known.size() + 1);
        known.put(name, value);
        return name;
    }

    private static FileEntry add(Map<String, byte[]> files, String name, byte[] bytes) {
        files.put(name, bytes);
        return new FileEntry(name, bytes.length, Sha256.of(bytes));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
