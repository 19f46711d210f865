package io.undertone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.training.BundlePapers;
import io.undertone.training.score.VoiceBaselines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code undertone bundle vote}. */
@Command(
        name = "vote",
        description = {
            "Writes a new version of a bundle whose vote lets emotions last as long as is said, and compares voices with how they have"
                    + " sounded so far as this release does. All else stays, its weights too, and its windows."
        })
final class BundleVoteCommand extends UndertoneSubcommand {
    @Option(
            names = "--persistence",
            paramLabel = "SECONDS,EVIDENCE,TEMPERATURE",
            required = true,
            description =
                    "How long emotions last for the vote, the weight of a window, and the temperature of its confidences,"
                            + " such as 8,0.45,0.85.",
            converter = PersistenceNumbers.class,
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private Persistence persistence = Persistence.NONE;

    @Mixin
    private NewVersion made = new NewVersion();

    @Override
    public Integer call() throws IOException {
        Path folder = made.from(surroundings().home());
        BundleContent before = Bundle.open(folder).content();
        String from = before.name() + " " + before.version();
        Persistence lasting = persistence.usesEarlierWindows()
                ? persistence.withVoiceBaseline(VoiceBaselines.of(before.priors()))
                : persistence;
        ObjectNode provenance = before.provenance();
        provenance.put("voteFrom", from + ": " + before.persistence().describe());
        BundleContent after = before.withPersistence(made.of(() -> before, "vote"), lasting, provenance);
        Path written = BundleWriter.write(
                made.models(),
                after,
                LocalDate.now(ZoneOffset.UTC),
                BundlePapers.of(folder)
                        .retitled(
                                after,
                                "The voters are those of " + from + ". The vote: " + lasting.describe()
                                        + ". Figures below of windows with those before are of that version's vote."),
                OnnxExport::besideWeights);
        say("wrote " + written + ": " + lasting.describe());
        return Errors.DONE;
    }
}
