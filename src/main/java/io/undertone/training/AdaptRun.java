package io.undertone.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.Quantisation;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.bundle.Voter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Folds;
import io.undertone.training.corpus.Licences;
import io.undertone.training.corpus.Recordings;
import io.undertone.training.frames.FramesTraining;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.network.FineTuner;
import io.undertone.training.network.Seeds;
import io.undertone.training.report.AdaptReport;
import io.undertone.training.report.ModelCard;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.VoteScores;
import io.undertone.vote.LabelShift;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Adapts a bundle of the recipe {@code telephone} to a site's own labelled clips: its networks are fine-tuned on them at a tenth of their
 * original learning rate; its trees, temperatures and priors stay. The effect is measured over a telephone line on held-out speakers, and
 * the loss on other corpora.
 */
public final class AdaptRun {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double PEAK_RATE = 4e-4;

    private final Options options;
    private final LongSupplier nanos;
    private final Consumer<String> told;
    private final BundleContent before;
    private final List<Corpus> corpora;
    private final List<Clip> clips;

    /**
     * Options of a run.
     *
     * @param bundle folder of the bundle to begin with
     * @param corpora folders of labelled clips
     * @param measure folders of corpora that are not trained on, to measure what is lost there
     * @param labels train on clips of these labels only; empty for all labels of the bundle
     * @param networks how many of the bundle's networks, the first ones, are fine-tuned; the others stay
     * @param fold number, from 1, of the only fold of speakers that is held out, also from the written bundle; null to hold out all in turn
     *     and train the bundle on all
     * @param epochs maximum number of passes over the clips
     * @param budget time limit for all trainings together; null for none
     * @param models folder that the bundle is written to
     * @param version of the new bundle
     * @param work folder where computed features are kept
     * @param seed fixes all randomness; where a time budget ends is not fixed
     * @param threads for feature extraction
     * @param created the day that is written into the bundle
     */
    public record Options(
            Path bundle,
            List<Path> corpora,
            List<Path> measure,
            List<String> labels,
            int networks,
            @Nullable Integer fold,
            int epochs,
            @Nullable Duration budget,
            Path models,
            String version,
            Path work,
            long seed,
            int threads,
            LocalDate created) {
        public Options {
            corpora = List.copyOf(corpora);
            measure = List.copyOf(measure);
            labels = List.copyOf(labels);
            if (corpora.isEmpty()) {
                throw new IllegalArgumentException("must name at least one corpus to adapt to: corpora=[]");
            }
            if (networks < 1) {
                throw new IllegalArgumentException("must be >= 1: networks=" + networks);
            }
            if (epochs < 1) {
                throw new IllegalArgumentException("must be >= 1: epochs=" + epochs);
            }
            if (budget != null && (budget.isZero() || budget.isNegative())) {
                throw new IllegalArgumentException("must be > 0: time budget=" + budget);
            }
        }
    }

    /** The result: the new bundle's folder, and the figures. */
    public record Outcome(Path folder, AdaptReport report) {}

    private AdaptRun(Options options, LongSupplier nanos, Consumer<String> told) {
        this.options = options;
        this.nanos = nanos;
        this.told = told;
        this.before = Bundle.open(options.bundle()).content();
        requireKnown(before);
        BundleWriter.requireFree(options.models(), before.name(), options.version());
        List<String> learned = options.labels().isEmpty() ? before.labels() : options.labels();
        if (!before.labels().containsAll(learned)) {
            throw new CorpusException("Labels must be those of the bundle, " + before.labels() + ": labels=" + learned);
        }
        this.corpora = options.corpora().stream()
                .map(folder -> Corpus.open(folder).withLabels(learned).requireTrainable())
                .toList();
        this.clips = Recordings.distinct(corpora.stream()
                        .flatMap(corpus -> corpus.clips().stream())
                        .toList())
                .kept();
    }

    /**
     * Adapts, measures and writes.
     *
     * @param nanos the time, in ns, for the budget
     * @param told takes progress messages, one line each
     */
    public static Outcome run(Options options, LongSupplier nanos, Consumer<String> told) throws IOException {
        return new AdaptRun(options, nanos, told).run();
    }

    private static void requireKnown(BundleContent content) {
        if (content.networks().isEmpty()
                || !content.networks().stream()
                        .allMatch(network -> FramesTraining.knows(network, content.features()))) {
            throw new CorpusException("A bundle can be adapted that the recipe telephone of this version made: bundle="
                    + content.name() + " " + content.version() + "; train one anew with --recipe telephone");
        }
    }

    private Outcome run() throws IOException {
        int trainings = trainings();
        told.accept("hearing " + clips.size() + " clips");
        FramesTraining training = FramesTraining.hear(
                before,
                clips,
                options.seed(),
                options.threads(),
                options.work().resolve("telephone").resolve("heard"),
                done -> {});
        Integer fold = options.fold();
        int parts = fold == null ? trainings + 1 : 1;
        List<ClipOpinion> heldOutBefore = new ArrayList<>();
        List<ClipOpinion> heldOutAfter = new ArrayList<>();
        BundleContent made = before;
        for (int number = 0; number < trainings; number++) {
            if (fold == null || number == fold - 1) {
                int held = number;
                made = adapted(
                        training,
                        "without fold " + (number + 1) + " of " + trainings,
                        parts,
                        clip -> !isHeldOut(held, clip));
                List<Clip> out =
                        clips.stream().filter(clip -> isHeldOut(held, clip)).toList();
                List<HeardClip> heard = hear(out);
                heldOutBefore.addAll(ask(before, heard));
                heldOutAfter.addAll(ask(made, heard));
            }
        }
        if (fold == null) {
            made = adapted(training, "with all speakers", parts, clip -> true);
        }
        AdaptReport report = report(change(heldOutBefore, heldOutAfter), elsewhere(made));
        return new Outcome(write(made, report), report);
    }

    /** The number of folds: the most of any corpus. */
    private int trainings() {
        int trainings = corpora.stream()
                .mapToInt(corpus -> Folds.of(corpus).size())
                .max()
                .orElse(1);
        Integer fold = options.fold();
        if (fold != null && (fold < 1 || fold > trainings)) {
            throw new IllegalArgumentException("fold must be 1 to " + trainings + " for these corpora: fold=" + fold);
        }
        return trainings;
    }

    /** The change on corpora that are not trained on. */
    private Map<String, AdaptReport.Change> elsewhere(BundleContent made) {
        Map<String, AdaptReport.Change> elsewhere = new LinkedHashMap<>();
        for (Path folder : options.measure()) {
            Corpus corpus = Corpus.openLeniently(folder).withLabels(before.labels());
            List<HeardClip> heard = hear(corpus.clips());
            elsewhere.put(corpus.name(), change(ask(before, heard), ask(made, heard)));
        }
        return elsewhere;
    }

    private AdaptReport report(AdaptReport.Change heldOut, Map<String, AdaptReport.Change> elsewhere) {
        return new AdaptReport(
                before.name() + " " + before.version(),
                corpora.stream().map(Corpus::name).toList(),
                clips.size(),
                Math.min(options.networks(), before.networks().size()),
                options.fold(),
                heldOut,
                elsewhere);
    }

    private boolean isHeldOut(int training, Clip clip) {
        return corpora.stream()
                .filter(corpus -> corpus.name().equals(clip.corpus()))
                .anyMatch(corpus -> {
                    Folds folds = Folds.of(corpus);
                    return folds.holdsOut(training % folds.size(), clip);
                });
    }

    private BundleContent adapted(FramesTraining training, String what, int parts, Predicate<Clip> use) {
        List<Voter> voters = new ArrayList<>();
        int networks = Math.min(options.networks(), before.networks().size());
        for (Voter voter : before.voters()) {
            if (voter instanceof Voter.Network network && voters.size() < networks) {
                told.accept("adapting " + network.name() + ": " + what);
                FineTuner tuner = new FineTuner(options.epochs(), PEAK_RATE, spent(parts * networks));
                voters.add(new Voter.Network(
                        network.name(),
                        network.preparation(),
                        training.adapted(
                                network.weights(), use, tuner, Seeds.derive(options.seed(), what + network.name()))));
            } else {
                voters.add(voter);
            }
        }
        return with(before, options.version(), voters, before.licence(), before.provenance(), before.scores());
    }

    /** The share of one training's part of the budget that is spent, counted from now. */
    private DoubleSupplier spent(int trainings) {
        Duration budget = options.budget();
        if (budget == null) {
            return () -> 0;
        }
        long from = nanos.getAsLong();
        double share = (double) budget.toNanos() / trainings;
        return () -> (nanos.getAsLong() - from) / share;
    }

    private List<HeardClip> hear(List<Clip> some) {
        return new Hearing(before.features(), LegSettings.DEFAULT, options.seed())
                .hear(some, Condition.TELEPHONE, done -> {});
    }

    private static List<ClipOpinion> ask(BundleContent content, List<HeardClip> heard) {
        LabelShift shift = LabelShift.of(content.priors(), content.labels());
        // Adapted networks have no ranges for 8 bits, so before and after are compared in floats.
        try (Ensemble ensemble = Ensembles.open(content, EngineSettings.auto(1).in(EngineSettings.Precision.FLOAT))) {
            return ClipOpinion.ask(ensemble, heard).stream()
                    .map(opinion -> opinion.readWith(shift))
                    .toList();
        }
    }

    private AdaptReport.Change change(List<ClipOpinion> as, List<ClipOpinion> will) {
        return new AdaptReport.Change(scores(as), scores(will));
    }

    private VoteScores scores(List<ClipOpinion> opinions) {
        return VoteScores.of(
                opinions, before.voterNames(), before.networks().size(), before.labels(), before.temperature());
    }

    private Path write(BundleContent made, AdaptReport report) throws IOException {
        ObjectNode provenance = before.provenance();
        provenance.put("adaptedFrom", report.bundle());
        StringBuilder licence = new StringBuilder(before.licence());
        for (Corpus corpus : corpora) {
            ObjectNode entry = provenance.withArray("corpora").addObject().put("name", corpus.name());
            entry.put("clips", corpus.clips().size()).put("licence", Licences.of(corpus.name()));
            corpus.speakers().forEach(entry.putArray("speakers")::add);
            licence.append("; ").append(corpus.name()).append(": ").append(Licences.of(corpus.name()));
        }
        ObjectNode scores = before.scores();
        // These figures belong to the confidences of the old weights.
        scores.remove(ReferenceFigures.FIELD);
        scores.set("adaptation", report.json());
        Path card = options.bundle().resolve(ModelCard.FILE);
        String text = "# " + made.name() + " " + made.version() + "\n\n" + report.markdown()
                + (Files.isRegularFile(card) ? Files.readString(card) : "");
        return BundleWriter.write(
                options.models(),
                with(made, made.version(), made.voters(), licence.toString(), provenance, scores),
                options.created(),
                Map.of(ModelCard.FILE, text, AdaptReport.FILE, JSON.writeValueAsString(report.json()) + "\n"),
                OnnxExport::besideWeights);
    }

    private static BundleContent with(
            BundleContent content,
            String version,
            List<Voter> voters,
            String licence,
            ObjectNode provenance,
            ObjectNode scores) {
        return new BundleContent(
                content.name(),
                version,
                content.labels(),
                content.features(),
                voters,
                content.temperature(),
                content.persistence(),
                content.priors(),
                content.affect(),
                content.contrastWeights(),
                // The ranges of the old weights do not hold for the new ones.
                Quantisation.NONE,
                licence,
                provenance,
                scores);
    }
}
