package io.undertone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleFolder;
import io.undertone.bundle.BundleJson;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.bundle.Voter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.EngineSettings;
import io.undertone.model.LoadedModel;
import io.undertone.training.DriftReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code undertone bundle}. */
@Command(
        name = "bundle",
        description =
                "Shows, checks, exports, times, completes, calibrates, quantises, renews and refines model bundles.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BundleCommand.Inspect.class,
            BundleCommand.Verify.class,
            BundleCommand.Export.class,
            BundleCommand.Reference.class,
            BundleCalibrateCommand.class,
            BundleQuantiseCommand.class,
            BundleDetectorCommand.class,
            BundleContrastCommand.class,
            BundleVoteCommand.class,
            BundleSpeedCommand.class
        })
final class BundleCommand implements Runnable {
    static final String BUNDLE = "A folder, a name (its newest version) or name/version.";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command: inspect, verify, export, reference, calibrate, quantise, detector, contrast, vote or speed?");
    }

    /** {@code undertone bundle inspect}. */
    @Command(
            name = "inspect",
            description = "Shows what a bundle holds, what it was trained on and how it was measured.")
    static final class Inspect extends UndertoneSubcommand {
        @Parameters(paramLabel = "BUNDLE", description = BUNDLE, showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private String bundle = "";

        @Option(names = "--json", description = "One JSON object on standard output.")
        private boolean json;

        @Override
        public Integer call() {
            Path folder = BundleFolder.find(surroundings().home(), bundle);
            Bundle opened = Bundle.open(folder);
            if (json) {
                out().print(toJson(opened) + "\n");
                out().flush();
            } else {
                print(opened);
            }
            return Errors.DONE;
        }

        private void print(Bundle opened) {
            BundleContent content = opened.content();
            out().println(content.name() + " " + content.version() + ", written " + opened.created());
            line("folder", opened.folder());
            line("labels", String.join(", ", content.labels()));
            line("licence", content.licence());
            line("calibration", String.format(Locale.ROOT, "temperature %.3f", content.temperature()));
            line("priors", content.priors().describe());
            line("persistence", content.persistence().describe());
            line("voice", content.contrastWeights().describe());
            line("precision", content.quantisation().describe());
            line("features", FeatureSpecs.toJson(content.features()));
            line("fingerprint", content.features().fingerprint());
            for (Voter voter : content.voters()) {
                line("voter", voter.name() + ", " + size(voter));
            }
            block("trained on", content.provenance());
            block("measured", content.scores());
        }

        private static String size(Voter voter) {
            return voter instanceof Voter.Network network
                    ? String.format(
                            Locale.ROOT,
                            "network of %,d parameters",
                            network.spec().parameterCount())
                    : "boosted trees";
        }

        private void line(String name, Object value) {
            out().println(String.format(Locale.ROOT, "  %-12s %s", name, value));
        }

        private void block(String name, JsonNode value) {
            out().println("  " + name);
            value.toPrettyString().lines().forEach(line -> out().println("    " + line));
        }

        private static String toJson(Bundle opened) {
            BundleContent content = opened.content();
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode object = mapper.createObjectNode();
            object.put("name", content.name()).put("version", content.version());
            object.put("created", opened.created())
                    .put("folder", opened.folder().toString());
            content.labels().forEach(object.putArray("labels")::add);
            object.set("featureSpec", FeatureSpecs.toJson(content.features()));
            object.put("featureSpecFingerprint", content.features().fingerprint());
            content.voterNames().forEach(object.putArray("voters")::add);
            object.put("temperature", content.temperature()).put("licence", content.licence());
            object.set("priors", BundleJson.tree(content.priors()));
            object.set("persistence", BundleJson.tree(content.persistence()));
            object.set("quantisation", BundleJson.tree(content.quantisation()));
            object.set("provenance", content.provenance());
            object.set("scores", content.scores());
            try {
                return mapper.writeValueAsString(object);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of JSON can be written", e);
            }
        }
    }

    /** {@code undertone bundle verify}. */
    @Command(
            name = "verify",
            description =
                    "Checks a bundle's files against their SHA-256, that its parts are consistent, and that its voters"
                            + " answer.")
    static final class Verify extends UndertoneSubcommand {
        @Parameters(paramLabel = "BUNDLE", description = BUNDLE, showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private String bundle = "";

        @Mixin
        private LocalConfigOptions options = new LocalConfigOptions();

        @Override
        public Integer call() {
            Logging.quiet(debug());
            UndertoneConfig config = options.load(surroundings());
            Path folder = BundleFolder.find(surroundings().home(), bundle);
            try (LoadedModel model = LoadedModel.open(folder, config, 1)) {
                model.trySilence();
                out().println("verified: " + model.id().getName() + " "
                        + model.id().getVersion() + ", "
                        + model.ensemble().voters().size() + " voters, "
                        + model.ensemble().labels().size() + " labels, in " + folder + ", on " + model.engine());
            }
            return Errors.DONE;
        }
    }

    /** {@code undertone bundle export}. */
    @Command(name = "export", description = "Writes a bundle's networks as one ONNX file with all weights in it.")
    static final class Export extends UndertoneSubcommand {
        @Parameters(paramLabel = "BUNDLE", description = BUNDLE, showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private String bundle = "";

        @Option(names = "--onnx", paramLabel = "FILE", required = true, description = "The file to write.")
        private @Nullable Path onnx;

        @Override
        public Integer call() throws IOException {
            Path file = java.util.Objects.requireNonNull(onnx, "picocli requires it");
            Path folder = BundleFolder.find(surroundings().home(), bundle);
            byte[] bytes = OnnxExport.selfContained(Bundle.open(folder).content());
            Files.write(file, bytes);
            out().println(String.format(Locale.ROOT, "wrote %s, %.1f MB", file, bytes.length / 1e6));
            return Errors.DONE;
        }
    }

    /** {@code undertone bundle reference}. */
    @Command(
            name = "reference",
            description = {
                "Measures how levels, speech, agreement, confidence and labels are distributed over recordings of"
                        + " people that the bundle was not trained on, and writes that into its bundle.json.",
                "The metric undertone_drift compares live windows with it. Recordings of your own callers make the best"
                        + " reference; their labels are not needed."
            })
    static final class Reference extends UndertoneSubcommand {
        @Parameters(paramLabel = "BUNDLE", description = BUNDLE, showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private String bundle = "";

        @Option(
                names = "--corpus",
                paramLabel = "DIR",
                required = true,
                description = "Folder of recordings, repeatable: see 'undertone evaluate --help'.",
                showDefaultValue = CommandLine.Help.Visibility.NEVER)
        private List<Path> corpora = List.of();

        @Override
        public Integer call() {
            Logging.quiet(debug());
            Path folder = BundleFolder.find(surroundings().home(), bundle);
            ReferenceFigures figures = DriftReference.run(folder, corpora, EngineSettings.auto(1), done -> {});
            out().println(figures.windows() + " windows measured, written to " + folder.resolve("bundle.json"));
            out().println("  " + figures.basis());
            return Errors.DONE;
        }
    }
}
