package io.undertone.bundle;

import io.undertone.affect.AffectTable;
import io.undertone.bundle.BundleManifest.VoterEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that was read from its folder and verified: every file has the size and SHA-256 listed in {@code bundle.json}, and
 * its parts are consistent. Immutable; holds no native memory.
 */
public final class Bundle {
    private final Path folder;
    private final String created;
    private final BundleContent content;

    private Bundle(Path folder, String created, BundleContent content) {
        this.folder = folder;
        this.created = created;
        this.content = content;
    }

    /**
     * Reads and verifies a bundle.
     *
     * @param folder {@code models/<name>/<version>}
     * @throws BundleException where anything is missing, damaged or inconsistent; names the file, the rule and the remedy
     */
    public static Bundle open(Path folder) {
        BundleFiles files = new BundleFiles(folder);
        Path file = folder.resolve(BundleManifest.FILE);
        try {
            BundleManifest manifest = BundleJson.readManifest(files.manifest());
            requireComplete(manifest);
            if (!manifest.featureSpec().fingerprint().equals(manifest.featureSpecFingerprint())) {
                throw new IllegalArgumentException("featureSpecFingerprint must be that of featureSpec, "
                        + manifest.featureSpec().fingerprint() + ": featureSpecFingerprint="
                        + manifest.featureSpecFingerprint());
            }
            List<Voter> voters = new ArrayList<>();
            for (VoterEntry entry : manifest.voters()) {
                voters.add(voter(folder, manifest, entry, files));
            }
            files.verified(manifest.onnx());
            return new Bundle(folder, manifest.created(), content(manifest, voters));
        } catch (IllegalArgumentException e) {
            throw new BundleException(
                    file,
                    "must hold what this version reads: " + e.getMessage(),
                    "get the bundle again or retrain it",
                    e);
        }
    }

    private static BundleContent content(BundleManifest manifest, List<Voter> voters) {
        return new BundleContent(
                manifest.name(),
                manifest.version(),
                manifest.labels(),
                manifest.featureSpec(),
                voters,
                manifest.calibration().temperature(),
                persistence(manifest),
                manifest.priors() == null ? Priors.NONE : manifest.priors(),
                manifest.affect() == null ? AffectTable.DEFAULT.of(manifest.labels()) : manifest.affect(),
                manifest.contrastWeights() == null ? ContrastWeights.NONE : manifest.contrastWeights(),
                manifest.quantisation() == null ? Quantisation.NONE : manifest.quantisation(),
                manifest.licence(),
                manifest.provenance(),
                manifest.scores());
    }

    private static Persistence persistence(BundleManifest manifest) {
        BundleManifest.Lasting lasting = manifest.persistence();
        return lasting == null
                ? Persistence.NONE.withVoiceBaseline(manifest.voiceBaseline())
                : new Persistence(
                        lasting.dwellSeconds(), lasting.evidence(), lasting.temperature(), manifest.voiceBaseline());
    }

    private static Voter voter(Path folder, BundleManifest manifest, VoterEntry entry, BundleFiles files) {
        require(entry.name(), "voters.name");
        require(entry.kind(), "voters.kind");
        require(entry.weights(), "voters.weights");
        require(entry.weights().file(), "voters.weights.file");
        InputPreparation preparation = named(manifest.preparations(), entry.preparation(), entry.name(), "preparation");
        if (entry.kind() == BundleManifest.Kind.NETWORK) {
            NetworkSpec spec = named(manifest.networks(), entry.network(), entry.name(), "network");
            byte[] bytes = files.verified(entry.weights());
            return new Voter.Network(
                    entry.name(), preparation, inFile(folder, entry, () -> Weights.fromBytes(spec, bytes)));
        }
        byte[] bytes = files.verified(entry.weights());
        return new Voter.Trees(entry.name(), preparation, inFile(folder, entry, () -> new TreeModel(bytes)));
    }

    private static <T> T inFile(Path folder, VoterEntry entry, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new BundleException(
                    folder.resolve(entry.weights().file()),
                    String.valueOf(e.getMessage()),
                    "get the bundle again or retrain it",
                    e);
        }
    }

    private static <T> T named(Map<String, T> known, @Nullable String name, String voter, String what) {
        T value = name == null ? null : known.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "voter " + voter + " must name one of " + known.keySet() + ": " + what + "=" + name);
        }
        return value;
    }

    /** Absent JSON fields are null despite their non-null type. */
    private static void requireComplete(BundleManifest manifest) {
        if (manifest.formatVersion() != BundleManifest.FORMAT_VERSION) {
            throw new IllegalArgumentException("formatVersion must be " + BundleManifest.FORMAT_VERSION
                    + ": formatVersion=" + manifest.formatVersion());
        }
        require(manifest.name(), "name");
        require(manifest.version(), "version");
        require(manifest.created(), "created");
        require(manifest.labels(), "labels");
        require(manifest.featureSpec(), "featureSpec");
        require(manifest.featureSpecFingerprint(), "featureSpecFingerprint");
        require(manifest.preparations(), "preparations");
        require(manifest.networks(), "networks");
        require(manifest.voters(), "voters");
        require(manifest.onnx(), "onnx");
        require(manifest.onnx().file(), "onnx.file");
        require(manifest.calibration(), "calibration");
        require(manifest.licence(), "licence");
        require(manifest.provenance(), "provenance");
        require(manifest.scores(), "scores");
    }

    private static void require(@Nullable Object value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("must have the field " + field);
        }
    }

    /** The folder that it was read from. */
    public Path folder() {
        return folder;
    }

    /** The day it was written, ISO 8601. */
    public String created() {
        return created;
    }

    /** Its content. */
    public BundleContent content() {
        return content;
    }

    /** Its labels, in the order of every probability. */
    public List<String> labels() {
        return content.labels();
    }

    @Override
    public String toString() {
        return "Bundle[" + content.name() + " " + content.version() + ", " + folder + "]";
    }
}
