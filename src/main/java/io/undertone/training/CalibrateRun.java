package io.undertone.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.calls.CallOpinions;
import io.undertone.training.calls.CustomerSide;
import io.undertone.training.corpus.AudioFolder;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.corpus.Utterance;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.report.ModelCard;
import io.undertone.training.site.HeardSiteCall;
import io.undertone.training.site.MarkedEvents;
import io.undertone.training.site.Readout;
import io.undertone.training.site.SiteCalibration;
import io.undertone.training.site.SiteCall;
import io.undertone.training.site.SiteEvents;
import io.undertone.training.site.SiteReport;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calibrates a bundle's temperatures, priors and persistence on a site's own calls and writes a new version of it. */
public final class CalibrateRun {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CalibrateRun() {}

    /**
     * Options of a run.
     *
     * @param bundle the bundle's folder
     * @param calls folder of recorded calls, with {@value Utterance#FILE} if some utterances are labelled; null for events
     * @param events file of events with people's feedback; null for calls
     * @param priorsOnly whether to ignore labels
     * @param part how far to move towards the priors found without labels, 0 to 1
     * @param models folder that the new version is written to
     * @param version of the new bundle
     * @param engine what computes the networks
     * @param created the day that is written into the bundle
     */
    public record Options(
            Path bundle,
            @Nullable Path calls,
            @Nullable Path events,
            boolean priorsOnly,
            double part,
            Path models,
            String version,
            EngineSettings engine,
            LocalDate created) {
        public Options {
            if ((calls == null) == (events == null)) {
                throw new IllegalArgumentException(
                        "must be calibrated to either calls or events: calls=" + calls + ", events=" + events);
            }
            if (!(part >= 0 && part <= 1)) {
                throw new IllegalArgumentException("must be 0 to 1: part=" + part);
            }
        }
    }

    /** The result: the new bundle's folder, and the figures. */
    public record Outcome(Path folder, SiteReport report) {}

    /** The calls and whether they have labels. */
    private record Heard(List<SiteCall> calls, boolean labelled, String source) {}

    /**
     * Fits, measures on held-out calls and writes.
     *
     * @throws CorpusException if there are too few calls or windows, or labels that the bundle lacks
     */
    public static Outcome run(Options options) throws IOException {
        Bundle bundle = Bundle.open(options.bundle());
        BundleContent content = bundle.content();
        BundleWriter.requireFree(options.models(), content.name(), options.version());
        Heard heard = options.calls() == null
                ? events(bundle, java.util.Objects.requireNonNull(options.events()))
                : calls(bundle, options.calls(), options.engine());
        SiteCalibration result = SiteCalibration.of(
                heard.calls(),
                Readout.of(content),
                bundle.labels(),
                heard.labelled() && !options.priorsOnly(),
                options.part());
        SiteReport report = new SiteReport(content.name() + " " + content.version(), heard.source(), result);
        Path card = options.bundle().resolve(ModelCard.FILE);
        Path folder = BundleWriter.write(
                options.models(),
                calibrated(content, options.version(), report),
                options.created(),
                Map.of(
                        ModelCard.FILE,
                        "# " + content.name() + " " + options.version() + "\n\n" + report.markdown()
                                + (Files.isRegularFile(card) ? Files.readString(card) : ""),
                        SiteReport.FILE,
                        JSON.writeValueAsString(report.json()) + "\n"),
                OnnxExport::besideWeights);
        return new Outcome(folder, report);
    }

    private static BundleContent calibrated(BundleContent content, String version, SiteReport report) {
        Readout after = report.result().after();
        ObjectNode provenance = content.provenance();
        provenance.put("calibratedFrom", report.bundle()).put("calibratedTo", report.source());
        ObjectNode scores = content.scores();
        // These figures belong to the old confidences and would make every line appear to have drifted.
        scores.remove(ReferenceFigures.FIELD);
        scores.set("calibration", report.json());
        return new BundleContent(
                content.name(),
                version,
                content.labels(),
                content.features(),
                content.voters(),
                after.temperature(),
                after.persistence(),
                after.priors(),
                content.affect(),
                content.contrastWeights(),
                content.quantisation(),
                content.licence(),
                provenance,
                scores);
    }

    private static Heard events(Bundle bundle, Path file) throws IOException {
        SiteEvents events = SiteEvents.of(MarkedEvents.read(file), bundle.content());
        return new Heard(events.calls(), events.labelled(), "events of " + file.getFileName());
    }

    private static Heard calls(Bundle bundle, Path folder, EngineSettings engine) throws IOException {
        Path truth = folder.resolve(Utterance.FILE);
        boolean labelled = Files.isRegularFile(truth);
        List<Utterance> utterances = labelled ? utterances(bundle, truth) : List.of();
        List<Path> files = labelled ? recordings(folder, utterances) : recordings(folder);
        FarEnd farEnd = new FarEnd(bundle.content().features(), LegSettings.DEFAULT);
        List<SiteCall> calls = new ArrayList<>();
        try (Ensemble ensemble = Ensembles.open(bundle, engine)) {
            for (Path file : files) {
                String name = name(file);
                calls.add(new HeardSiteCall(
                        name,
                        bundle.labels(),
                        CallOpinions.ask(
                                ensemble,
                                CustomerSide.of(farEnd, file),
                                Utterance.of(utterances, name, CustomerSide.ROLE))));
            }
        }
        return new Heard(calls, labelled, "recordings of " + folder.getFileName());
    }

    private static List<Utterance> utterances(Bundle bundle, Path truth) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        for (Utterance one : Utterance.read(truth)) {
            if (one.role().equals(CustomerSide.ROLE)) {
                String label = LabelMaps.ofManifest(one.label()).orElse(one.label());
                if (!bundle.labels().contains(label)) {
                    unknown.add(label);
                }
                utterances.add(new Utterance(one.call(), one.role(), one.startMs(), one.endMs(), label));
            }
        }
        if (!unknown.isEmpty()) {
            throw new CorpusException("Labels must be those of the bundle, " + bundle.labels() + ": " + truth
                    + ": labels=" + unknown + "; leave those rows out");
        }
        if (utterances.isEmpty()) {
            throw new CorpusException("Calls must hold utterances of a customer: " + truth
                    + "; without that file, priors are fitted to the recordings alone");
        }
        return utterances;
    }

    private static List<Path> recordings(Path folder, List<Utterance> utterances) {
        List<Path> files = new ArrayList<>();
        for (String call : utterances.stream().map(Utterance::call).distinct().toList()) {
            files.add(Stream.of(".wav", ".flac")
                    .map(ending -> folder.resolve(call + ending))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new CorpusException("Each call of " + Utterance.FILE
                            + " must have its recording, NAME.wav or NAME.flac: call=" + call + ", folder=" + folder)));
        }
        return files;
    }

    private static List<Path> recordings(Path folder) {
        return AudioFolder.all(folder).clips().stream().map(Clip::file).collect(Collectors.toList());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }
}
