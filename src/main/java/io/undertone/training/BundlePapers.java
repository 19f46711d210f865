package io.undertone.training;

import io.undertone.bundle.BundleContent;
import io.undertone.training.precision.PrecisionReport;
import io.undertone.training.report.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a bundle that people read, for versions derived from it. Immutable.
 *
 * @param card its model card without the title; empty if it has none
 * @param precision its report on 8 bits; empty if it has none
 */
public record BundlePapers(String card, String precision) {
    /** Those of the bundle in a folder. */
    public static BundlePapers of(Path bundle) throws IOException {
        return new BundlePapers(
                ModelCard.untitled(read(bundle.resolve(ModelCard.FILE))), read(bundle.resolve(PrecisionReport.FILE)));
    }

    private static String read(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readString(file) : "";
    }

    /**
     * The same files for another version, by name.
     *
     * @param other that version
     * @param change what is different in it, for the card
     */
    public Map<String, String> retitled(BundleContent other, String change) {
        Map<String, String> files = new TreeMap<>();
        files.put(ModelCard.FILE, "# " + other.name() + " " + other.version() + "\n\n" + change + "\n\n" + card);
        if (!precision.isEmpty()) {
            files.put(PrecisionReport.FILE, precision);
        }
        return files;
    }

    /** The same files without some part of the card. */
    public BundlePapers withCard(String other) {
        return new BundlePapers(other, precision);
    }
}
