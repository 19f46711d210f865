package io.undertone.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleJson;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.corpus.Licences;
import io.undertone.training.corpus.Recordings;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.report.CrossCorpusScores;
import io.undertone.training.report.FoldReport;
import io.undertone.training.report.ModelCard;
import io.undertone.training.score.WindowFigures;
import io.undertone.vote.LabelShift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a recipe on corpora of recordings: measures it by folds if a report is requested, fits it to all clips if a bundle is. */
final class CorpusRun {
    private static final Logger LOG = LoggerFactory.getLogger(CorpusRun.class);

    private final Recipe recipe;
    private final TrainRun.Options options;
    private final RunSettings run;
    private final IntConsumer hearing;
    /** Windows of held-out speakers. */
    private final WindowFigures windows = new WindowFigures();

    CorpusRun(
            Recipe recipe,
            TrainRun.Options options,
            TrainingProgress progress,
            IntConsumer hearing,
            BooleanSupplier stop) {
        this.hearing = hearing;
        this.recipe = recipe;
        this.options = options;
        this.run = new RunSettings(
                options.seed(), options.threads(), options.work().resolve(recipe.name()), progress, stop);
    }

    Optional<Path> run() throws IOException {
        List<Corpus> corpora = corpora();
        List<Clip> clips = distinct(corpora);
        LOG.info("Hearing {} clips of {} corpora", clips.size(), corpora.size());
        Recipe.Prepared prepared = recipe.prepare(clips, run, hearing);
        BesideCorpora extras = new BesideCorpora(options.beside(), options.leaveOut());
        Beside beside = extras.open(corpora, clips, prepared.labels());
        List<Corpus> leftOut = extras.leftOut(corpora);
        run.progress().trainings(trainings(corpora, leftOut));
        if (options.report() != null && !measure(prepared, corpora, clips, beside, leftOut, options.report())) {
            return Optional.empty();
        }
        if (options.models() == null) {
            return Optional.empty();
        }
        Integer fold = options.fold();
        if (fold == null) {
            return fit(prepared, corpora, clips, run.part("all"), options.models());
        }
        List<Clip> fitted = FoldRun.fittedBy(fold - 1, measured(corpora), beside.ordinary(), clips);
        Set<String> speakers = fitted.stream().map(Clip::speakerKey).collect(Collectors.toSet());
        List<Corpus> known = corpora.stream()
                .map(corpus -> new Corpus(
                        corpus.name(),
                        corpus.clips().stream()
                                .filter(clip -> speakers.contains(clip.speakerKey()))
                                .toList()))
                .toList();
        return fit(prepared, known, fitted, FoldRun.part(run, fold - 1), options.models());
    }

    private int trainings(List<Corpus> corpora, List<Corpus> leftOut) {
        if (options.report() == null) {
            return 1;
        }
        // A single fold's bundle comes from the fold's own training.
        return options.fold() != null
                ? 1 + leftOut.size()
                : FoldRun.trainings(measured(corpora)) + leftOut.size() + (options.models() == null ? 0 : 1);
    }

    private Optional<Path> fit(
            Recipe.Prepared prepared, List<Corpus> corpora, List<Clip> clips, RunSettings part, Path models)
            throws IOException {
        Optional<Recipe.Fitted> fitted = prepared.fit(clips, part);
        return fitted.isEmpty() ? Optional.empty() : Optional.of(write(fitted.get(), prepared, corpora, clips, models));
    }

    private List<Corpus> corpora() {
        if (options.corpora().isEmpty()) {
            throw new IllegalArgumentException(
                    "recipe " + recipe.name() + " must have at least one corpus: corpora=[]");
        }
        List<Corpus> corpora = new ArrayList<>();
        for (Path folder : options.corpora()) {
            Corpus corpus = Corpus.open(folder);
            Corpus kept = new Corpus(
                            corpus.name(),
                            corpus.clips().stream()
                                    .filter(c -> !options.leaveOut().contains(c.speaker()))
                                    .toList())
                    .withLabels(LabelMaps.LABELS);
            int left = corpus.clips().size() - kept.clips().size();
            if (left > 0) {
                LOG.info(
                        "{}: {} clips are left out (speakers {}, labels outside {})",
                        corpus.name(),
                        left,
                        options.leaveOut(),
                        LabelMaps.LABELS);
            }
            corpora.add(kept.requireTrainable());
        }
        if (corpora.stream().allMatch(Corpus::isOrdinarySpeech)) {
            throw new CorpusException("At least one corpus must hold several emotions to train on: corpora="
                    + corpora.stream().map(Corpus::name).toList() + ", labels=[neutral]; add one that does");
        }
        return corpora;
    }

    private static List<Clip> distinct(List<Corpus> corpora) {
        List<Clip> all = corpora.stream().flatMap(c -> c.clips().stream()).toList();
        Recordings.Distinct distinct = Recordings.distinct(all);
        distinct.dropped().forEach(c -> LOG.info("{} is another clip's recording once more: dropped", c.file()));
        return distinct.kept();
    }

    private boolean measure(
            Recipe.Prepared prepared,
            List<Corpus> corpora,
            List<Clip> clips,
            Beside beside,
            List<Corpus> leftOut,
            Path report)
            throws IOException {
        List<Corpus> measured = measured(corpora);
        FoldRun folds = new FoldRun(recipe, prepared, options.conditions(), run, beside);
        Integer fold = options.fold();
        Optional<FoldMeasures> outcome =
                fold == null ? folds.run(measured, clips) : folds.runOnly(fold - 1, measured, clips);
        if (outcome.isEmpty()) {
            return false;
        }
        Optional<Map<String, CrossCorpusScores>> crossCorpus = new CrossCorpusRun(
                        recipe, prepared, options.conditions(), run, beside)
                .run(leftOut, clips, outcome.get());
        if (crossCorpus.isEmpty()) {
            return false;
        }
        windows.add(outcome.get().windows());
        FoldReport written = report(outcome.get(), crossCorpus.get());
        written.write(report);
        Files.writeString(report.resolve(Calibration.TABLES_FILE), written.summary());
        addWindows(report, prepared.labels());
        return true;
    }

    private FoldReport report(FoldMeasures measures, Map<String, CrossCorpusScores> crossCorpus) {
        return new FoldReport(
                recipe.name(),
                recipe.description(),
                Protocol.SPEAKER_INDEPENDENT.id(),
                Protocol.SPEAKER_INDEPENDENT.meaning(),
                measures.temperature(),
                measures.scores(),
                measures.priors(),
                measures.staged(),
                measures.persistence(),
                measures.neverTrainedOn(),
                measures.ordinary(),
                measures.notSpeech(),
                crossCorpus,
                Protocol.CROSS_CORPUS.meaning());
    }

    /** Adds the reference figures that live windows are later compared with, computed with the bundle's calibration. */
    private void addWindows(Path report, List<String> labels) throws IOException {
        Path file = report.resolve(FoldReport.FILE);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
        windows.figures(
                        "windows of the folds' held-out speakers",
                        labels,
                        LabelShift.of(BundleJson.priors(json.path("priors")), labels),
                        Calibration.temperature(options, json))
                .ifPresent(figures -> figures.putInto(json));
        Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private List<Corpus> measured(List<Corpus> corpora) {
        List<Corpus> measured = corpora.stream()
                .filter(corpus ->
                        options.foldsOf().isEmpty() || options.foldsOf().contains(corpus.name()))
                .toList();
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("folds must be of a corpus that is given: folds=" + options.foldsOf()
                    + ", corpora=" + corpora.stream().map(Corpus::name).toList());
        }
        return measured;
    }

    private Path write(
            Recipe.Fitted fitted, Recipe.Prepared prepared, List<Corpus> corpora, List<Clip> clips, Path models)
            throws IOException {
        Calibration calibration = Calibration.of(options, prepared);
        BundleContent content = new BundleContent(
                Objects.requireNonNullElse(options.bundleName(), recipe.bundleName()),
                options.version(),
                prepared.labels(),
                recipe.features(),
                fitted.voters(),
                calibration.temperature(),
                calibration.persistence(),
                calibration.priors(),
                licence(corpora),
                provenance(corpora, clips),
                calibration.scores());
        ModelCard card = card(content, corpora, clips, calibration.tables());
        return BundleWriter.replace(
                models, content, options.created(), Map.of(ModelCard.FILE, card.markdown()), OnnxExport::besideWeights);
    }

    private ModelCard card(BundleContent content, List<Corpus> corpora, List<Clip> clips, String tables) {
        return new ModelCard(
                content.name(),
                content.version(),
                content.labels(),
                recipe.description(),
                data(corpora, clips),
                Licences.ofWeights(corpora.stream().map(Corpus::name).toList()),
                TrainingCommand.of(options),
                tables,
                content.networks().stream()
                        .mapToLong(n -> n.spec().multiplyAdds())
                        .sum(),
                content.temperature(),
                content.persistence());
    }

    private static String licence(List<Corpus> corpora) {
        StringBuilder licence = new StringBuilder();
        for (Corpus corpus : corpora) {
            licence.append(licence.isEmpty() ? "" : "; ");
            licence.append(corpus.name()).append(": ").append(Licences.of(corpus.name()));
        }
        return licence.toString();
    }

    private ObjectNode provenance(List<Corpus> corpora, List<Clip> clips) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.put("recipe", recipe.name()).put("description", recipe.description());
        provenance.put("command", TrainingCommand.of(options)).put("seed", options.seed());
        ArrayNode list = provenance.putArray("corpora");
        for (Corpus corpus : corpora) {
            ObjectNode entry = list.addObject().put("name", corpus.name());
            entry.put("clips", clipsOf(corpus, clips)).put("licence", Licences.of(corpus.name()));
            corpus.speakers().forEach(entry.putArray("speakers")::add);
        }
        return provenance;
    }

    private static List<String> data(List<Corpus> corpora, List<Clip> clips) {
        return corpora.stream()
                .map(c -> c.name() + ": " + clipsOf(c, clips) + " clips, "
                        + c.speakers().size() + " speakers, labels " + c.balance() + ". Licence: "
                        + Licences.of(c.name()))
                .toList();
    }

    private static long clipsOf(Corpus corpus, List<Clip> clips) {
        return clips.stream().filter(c -> c.corpus().equals(corpus.name())).count();
    }
}
