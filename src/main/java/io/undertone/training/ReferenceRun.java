package io.undertone.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.corpus.Licences;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.FittedMember;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.report.ModelCard;
import io.undertone.training.report.ReferenceReport;
import io.undertone.training.report.ScoresJson;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.Tally;
import io.undertone.training.score.VoteScores;
import io.undertone.training.table.FeatureTable;
import io.undertone.training.table.FeaturesCsv;
import io.undertone.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The reference recipe from the table to bundle and report. */
final class ReferenceRun {
    private static final String DATA = "seed-features";
    private static final String DESCRIPTION =
            "The original network, five times, and XGBoost, on the mean over time of 40 MFCCs at 22,050 Hz, trained by the"
                    + " reference protocol.";

    private final TrainRun.Options options;
    private final TrainingProgress progress;
    private final BooleanSupplier stop;

    ReferenceRun(TrainRun.Options options, TrainingProgress progress, BooleanSupplier stop) {
        this.options = options;
        this.progress = progress;
        this.stop = stop;
    }

    Optional<Path> run() throws IOException {
        Path features = options.features();
        if (features == null) {
            throw new IllegalArgumentException("the reference recipe must have a table of features: features=null");
        }
        FeatureTable table = FeaturesCsv.read(features, ReferenceTraining.WIDTH, LabelMaps.LABELS.size());
        ReferenceTraining training = new ReferenceTraining(table, options.seed());
        Optional<List<FittedMember>> members = training.networks(new EnsembleTrainer(
                options.work().resolve("reference"),
                training.identity(),
                options.seed(),
                options.threads(),
                progress,
                stop));
        if (members.isEmpty()) {
            return Optional.empty();
        }
        List<Voter> voters = voters(training, members.get());
        ReferenceReport report = measure(training, voters, members.get());
        if (options.report() != null) {
            report.write(options.report());
        }
        if (options.models() == null) {
            return Optional.empty();
        }
        BundleContent content = content(voters, provenance(table), scores(report));
        return Optional.of(BundleWriter.replace(
                options.models(),
                content,
                options.created(),
                Map.of(ModelCard.FILE, card(content, report, table)),
                OnnxExport::besideWeights));
    }

    private static List<Voter> voters(ReferenceTraining training, List<FittedMember> members) {
        InputPreparation preparation = MeanRecipe.standardise(training.statistics());
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            voters.add(new Voter.Network(
                    "cnn-" + (i + 1), preparation, members.get(i).weights()));
        }
        voters.add(new Voter.Trees("xgboost", preparation, new TreeModel(training.trees())));
        return voters;
    }

    private ReferenceReport measure(ReferenceTraining training, List<Voter> voters, List<FittedMember> members) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        try (Ensemble ensemble = Ensembles.open(content(voters, none, none), EngineSettings.auto(options.threads()))) {
            VoteScores votes = scores(ensemble, training, training.split().networkTest());
            VoteScores onTreesTest = scores(ensemble, training, training.split().xgboostTest());
            Tally trees = onTreesTest.voters().getOrDefault("xgboost", new Tally(LabelMaps.LABELS));
            return new ReferenceReport(
                    Protocol.REFERENCE.id(),
                    Protocol.REFERENCE.meaning(),
                    LabelMaps.LABELS,
                    Arrays.stream(training.countsBefore()).boxed().toList(),
                    Arrays.stream(training.countsAfter()).boxed().toList(),
                    trees,
                    votes,
                    members);
        }
    }

    private static VoteScores scores(Ensemble ensemble, ReferenceTraining training, int[] rows) {
        List<HeardClip> clips = new ArrayList<>();
        for (int row : rows) {
            Window window =
                    new Window(0, 0, 3_000, 0, 1, 0, 1, training.rawRows().row(row));
            String label = LabelMaps.LABELS.get(training.rawRows().label(row));
            clips.add(new HeardClip(new Clip(DATA, Path.of("row-" + row), "unknown", label), List.of(window)));
        }
        return VoteScores.of(
                ClipOpinion.ask(ensemble, clips), ensemble.voters(), ReferenceTraining.MEMBERS, LabelMaps.LABELS, 1);
    }

    private BundleContent content(List<Voter> voters, ObjectNode provenance, ObjectNode scores) {
        return new BundleContent(
                "reference",
                options.version(),
                LabelMaps.LABELS,
                FeatureSpecs.reference(),
                voters,
                1,
                Persistence.NONE,
                Priors.NONE,
                Licences.of(DATA),
                provenance,
                scores);
    }

    private ObjectNode provenance(FeatureTable table) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance
                .put("recipe", "reference")
                .put("description", DESCRIPTION)
                .put("command", TrainingCommand.of(options));
        provenance.put("seed", options.seed());
        provenance
                .putArray("corpora")
                .addObject()
                .put("name", DATA)
                .put("rows", table.size())
                .put("sha256OfRows", table.fingerprint())
                .put("licence", Licences.of(DATA));
        return provenance;
    }

    private static ObjectNode scores(ReferenceReport report) {
        ObjectNode scores = JsonNodeFactory.instance.objectNode();
        scores.put("protocol", report.protocol()).put("meaning", report.meaning());
        scores.set("xgboost", ScoresJson.of(report.xgboost()));
        scores.set("votes", ScoresJson.of(report.votes()));
        return scores;
    }

    private String card(BundleContent content, ReferenceReport report, FeatureTable table) {
        return new ModelCard(
                        content.name(),
                        content.version(),
                        content.labels(),
                        DESCRIPTION,
                        List.of(DATA + ": " + table.size() + " rows of 40 coefficients from RAVDESS and TESS. "
                                + Licences.of(DATA)),
                        Licences.ofWeights(List.of(DATA)),
                        TrainingCommand.of(options),
                        "Protocol **" + report.protocol() + "**: " + report.meaning() + "\n\n" + report.table()
                                + "\nOn telephone voices of new speakers it is far worse: use the telephone bundle there.\n",
                        content.networks().stream()
                                .mapToLong(n -> n.spec().multiplyAdds())
                                .sum(),
                        content.temperature(),
                        content.persistence())
                .markdown();
    }
}
