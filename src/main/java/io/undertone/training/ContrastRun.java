package io.undertone.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.ContrastWeights;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.contrast.ContrastFitting;
import io.undertone.training.contrast.ContrastReport;
import io.undertone.training.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Fits what a change of a caller's voice says of each label, for a bundle, and writes a new version of it whose windows have a contrast. Its
 * voters stay as they are. What is fitted to are the answers of voters to speakers that they were not trained on.
 */
public final class ContrastRun {
    private ContrastRun() {}

    /**
     * Options of a run.
     *
     * @param bundle the folder of the bundle that gets the weights
     * @param judge the folder of a bundle of the same labels and features, whose voters know none of the speakers; may be the same
     * @param corpora folders of recordings to fit to
     * @param measured folders of recordings that are measured alone
     * @param earlier how many neutral or calm clips of the same speaker are heard before each clip, at most
     * @param models folder that the new version is written to
     * @param version of the new bundle
     * @param threads for computing a batch
     * @param created the day that is written into the bundle
     */
    public record Options(
            Path bundle,
            Path judge,
            List<Path> corpora,
            List<Path> measured,
            int earlier,
            Path models,
            String version,
            int threads,
            LocalDate created) {
        private static final int MOST_EARLIER = 20;

        public Options {
            corpora = List.copyOf(corpora);
            measured = List.copyOf(measured);
            if (earlier < 1 || earlier > MOST_EARLIER) {
                throw new IllegalArgumentException(
                        "earlier clips must be 1 to " + MOST_EARLIER + ": earlier=" + earlier);
            }
        }
    }

    /** The result: the new bundle's folder, and the figures. */
    public record Outcome(Path folder, ContrastReport report) {}

    /**
     * Fits, measures and writes.
     *
     * @throws IllegalArgumentException if the bundles have other labels or features than each other, or keep no frames
     */
    public static Outcome run(Options options, QuantiseRun.Progress progress) throws IOException {
        BundleContent before = Bundle.open(options.bundle()).content();
        BundleContent judge = judge(Bundle.open(options.judge()).content(), before);
        BundleWriter.requireFree(options.models(), before.name(), options.version());
        ContrastFitting fitting;
        try (Ensemble ensemble =
                Ensembles.open(judge, EngineSettings.auto(options.threads()).in(Precision.FLOAT))) {
            fitting = ContrastFitting.of(
                    judge,
                    ensemble,
                    open(options.corpora(), judge),
                    open(options.measured(), judge),
                    options.earlier(),
                    progress::clips);
        }
        ContrastReport report = fitting.report();
        return new Outcome(write(options, before, fitting.weights(), report), report);
    }

    /** The bundle whose voters are asked, with windows that have a contrast, and answers that are not shifted. */
    private static BundleContent judge(BundleContent judge, BundleContent before) {
        if (!judge.labels().equals(before.labels())) {
            throw new IllegalArgumentException(
                    "the judge must have the labels of the bundle, " + before.labels() + ": labels=" + judge.labels());
        }
        if (!rows(judge.features()).equals(rows(before.features()))) {
            throw new IllegalArgumentException("the judge must have the features of the bundle, " + before.features()
                    + ": features=" + judge.features());
        }
        return judge.withContrast(
                judge.version(),
                contrasted(judge.features()),
                ContrastWeights.NONE,
                judge.provenance(),
                judge.scores());
    }

    private static FeatureSpec contrasted(FeatureSpec features) {
        return features.withContrast(FeatureSpecs.TELEPHONE_CONTRAST);
    }

    /** What voters of both bundles read. */
    private static FeatureSpec rows(FeatureSpec features) {
        return features.withVoice(null).withContrast(null);
    }

    private static List<Corpus> open(List<Path> folders, BundleContent judge) {
        return folders.stream()
                .map(folder -> Corpus.openLeniently(folder).withLabels(judge.labels()))
                .toList();
    }

    private static Path write(Options options, BundleContent before, ContrastWeights weights, ContrastReport report)
            throws IOException {
        String from = before.name() + " " + before.version();
        ObjectNode provenance = before.provenance();
        provenance.put("contrastFrom", from);
        ObjectNode scores = before.scores();
        scores.set(ContrastReport.FIELD, report.json());
        BundleContent made =
                before.withContrast(options.version(), contrasted(before.features()), weights, provenance, scores);
        BundlePapers papers = BundlePapers.of(options.bundle());
        Map<String, String> extras = papers.withCard(ContrastReport.without(papers.card()))
                .retitled(made, report.markdown(from).strip());
        return BundleWriter.write(options.models(), made, options.created(), extras, OnnxExport::besideWeights);
    }
}
