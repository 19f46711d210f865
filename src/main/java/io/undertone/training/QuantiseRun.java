package io.undertone.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.Quantisation;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.EngineSettings.Device;
import io.undertone.inference.EngineSettings.Engine;
import io.undertone.inference.EngineSettings.Precision;
import io.undertone.inference.Ensemble;
import io.undertone.inference.onnx.ActivationRanges;
import io.undertone.model.Ensembles;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.precision.PrecisionException;
import io.undertone.training.precision.PrecisionReport;
import io.undertone.training.precision.PrecisionScores;
import io.undertone.training.precision.RangeClips;
import io.undertone.training.report.ModelCard;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds the value ranges of a bundle's networks from speech over a telephone line, measures what computing in 8 bits changes for other
 * speakers, and writes a new version of the bundle with those ranges. Nothing is trained and no weight changes.
 */
public final class QuantiseRun {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Clips processed at once: the windows of more would not fit into memory. */
    private static final int AT_ONCE = 200;

    private static final long SEED = 1;

    private final Options options;
    private final Progress progress;
    private final BundleContent before;
    private final Hearing hearing;

    private QuantiseRun(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.before = Bundle.open(options.bundle()).content();
        this.hearing = new Hearing(before.features(), LegSettings.DEFAULT, SEED);
    }

    /**
     * Options of a run.
     *
     * @param bundle the bundle's folder
     * @param corpora folders of recordings for finding ranges
     * @param heldOut folders of recordings that 8 bits are measured on; none: those of every second speaker of {@code corpora}
     * @param clips maximum number of clips per corpus for finding ranges
     * @param models folder that the new version is written to
     * @param version of the new bundle
     * @param threads for computing a batch
     * @param created the day that is written into the bundle
     */
    public record Options(
            Path bundle,
            List<Path> corpora,
            List<Path> heldOut,
            int clips,
            Path models,
            String version,
            int threads,
            LocalDate created) {
        public Options {
            corpora = List.copyOf(corpora);
            heldOut = List.copyOf(heldOut);
            if (clips < 1) {
                throw new IllegalArgumentException("must be >= 1: clips=" + clips);
            }
        }
    }

    /** The result: the new bundle's folder, and the figures. */
    public record Outcome(Path folder, PrecisionReport report) {}

    /** Receives a run's progress. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} of {@code total} clips of a task are processed. */
        void clips(String task, int done, int total);
    }

    /**
     * Finds ranges, measures and writes.
     *
     * @throws PrecisionException if no network can be quantised, or 8 bits change too much; nothing is written then
     */
    public static Outcome run(Options options, Progress progress) throws IOException {
        return new QuantiseRun(options, progress).run();
    }

    private Outcome run() throws IOException {
        BundleWriter.requireFree(options.models(), before.name(), options.version());
        if (before.networks().stream().noneMatch(voter -> Quantisation.fits(voter.spec()))) {
            throw new PrecisionException(
                    "a network must have two convolutions or more and no flatten to be computed in 8 bits: bundle="
                            + before.name() + " " + before.version() + " has none such; keep it in floats");
        }
        RangeClips clips = clips();
        Quantisation ranges = ranges(clips.learned());
        String from = before.name() + " " + before.version();
        BundleContent made = before.quantised(options.version(), ranges, provenance(from), before.scores());
        PrecisionReport report;
        try (Ensemble floats = Ensembles.open(before, settings(Precision.FLOAT));
                Ensemble bytes = Ensembles.open(made, settings(Precision.INT8))) {
            PrecisionScores scores = new PrecisionScores(before, floats, bytes);
            hear("compare", clips.heldOut(), scores::add);
            report = PrecisionReport.of(from, clips, ranges.windows(), trainedOn(), scores);
        }
        report.requireHeld();
        return new Outcome(write(made, report), report);
    }

    private EngineSettings settings(Precision precision) {
        return new EngineSettings(Engine.ONNX, Device.CPU, precision, options.threads());
    }

    private RangeClips clips() {
        List<Corpus> corpora = open(options.corpora());
        return options.heldOut().isEmpty()
                ? RangeClips.halves(corpora, options.clips())
                : RangeClips.measuredOn(open(options.heldOut()), corpora, options.clips());
    }

    private List<Corpus> open(List<Path> folders) {
        return folders.stream()
                .map(folder -> Corpus.openLeniently(folder).withLabels(before.labels()))
                .toList();
    }

    private Quantisation ranges(List<Clip> clips) {
        Set<String> corpora = new TreeSet<>();
        Set<String> speakers = new HashSet<>();
        clips.forEach(clip -> {
            corpora.add(clip.corpus());
            speakers.add(clip.speakerKey());
        });
        try (ActivationRanges ranges = ActivationRanges.open(before, options.threads())) {
            hear(
                    "ranges",
                    clips,
                    heard -> ranges.add(heard.stream()
                            .flatMap(clip -> clip.windows().stream())
                            .toList()));
            if (ranges.windows() == 0) {
                throw new CorpusException(
                        "Recordings must hold speech: none of " + clips.size() + " clips gave a window");
            }
            return new Quantisation(
                    speakers.size() + " speakers of " + String.join(", ", corpora) + ", over a telephone line",
                    ranges.windows(),
                    ranges.ranges());
        }
    }

    private void hear(String task, List<Clip> clips, Consumer<List<HeardClip>> take) {
        for (int start = 0; start < clips.size(); start += AT_ONCE) {
            int from = start;
            List<Clip> some = clips.subList(from, Math.min(clips.size(), from + AT_ONCE));
            take.accept(
                    hearing.hear(some, Condition.TELEPHONE, done -> progress.clips(task, from + done, clips.size())));
        }
    }

    private Set<String> trainedOn() {
        Set<String> speakers = new HashSet<>();
        before.provenance()
                .path("corpora")
                .forEach(corpus -> corpus.path("speakers")
                        .forEach(speaker -> speakers.add(corpus.path("name").asText() + "/" + speaker.asText())));
        return speakers;
    }

    private ObjectNode provenance(String from) {
        ObjectNode provenance = before.provenance();
        provenance.put("quantisedFrom", from);
        return provenance;
    }

    private Path write(BundleContent made, PrecisionReport report) throws IOException {
        ObjectNode scores = made.scores();
        scores.set("quantisation", report.json());
        Path card = options.bundle().resolve(ModelCard.FILE);
        String text = "# " + made.name() + " " + made.version() + "\n\n" + report.markdown()
                + (Files.isRegularFile(card)
                        ? PrecisionReport.without(ModelCard.untitled(Files.readString(card)))
                        : "");
        return BundleWriter.write(
                options.models(),
                made.quantised(made.version(), made.quantisation(), made.provenance(), scores),
                options.created(),
                Map.of(ModelCard.FILE, text, PrecisionReport.FILE, JSON.writeValueAsString(report.json()) + "\n"),
                OnnxExport::besideWeights);
    }
}
