package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.Persistence;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.TestBundles;
import io.undertone.training.score.VoiceBaselines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle vote} as it is typed, with bundles of random weights. */
class BundleVoteTest {
    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path folder;

    private CommandRunner.Result vote(BundleContent content, String persistence) {
        Path bundle = BundleWriter.write(
                folder.resolve("before"),
                content,
                LocalDate.of(2026, 11, 29),
                Map.of("MODEL_CARD.md", "# frames 1.0.0\n\nRandom.\n", "quantisation.json", "{}\n"),
                OnnxExport::besideWeights);
        return runner.run(
                "bundle",
                "vote",
                bundle.toString(),
                "--persistence",
                persistence,
                "--out",
                folder.resolve("after").toString());
    }

    @Test
    void shouldChangeTheVoteAlone() throws IOException {
        BundleContent before = TestBundles.frames();

        CommandRunner.Result result = vote(before, "8,0.45,0.85");

        assertThat(result.exitCode()).as(result.err()).isZero();
        Path made = folder.resolve("after").resolve(before.name()).resolve(before.version() + "-vote.1");
        BundleContent after = Bundle.open(made).content();
        assertThat(after.persistence())
                .isEqualTo(new Persistence(8, 0.45, 0.85).withVoiceBaseline(VoiceBaselines.of(before.priors())));
        assertThat(after.features()).isEqualTo(before.features());
        assertThat(after.priors()).isEqualTo(before.priors());
        assertThat(after.provenance().path("voteFrom").asText()).contains(before.name(), before.version());
        assertThat(Files.readString(made.resolve("MODEL_CARD.md")))
                .startsWith("# " + after.name() + " " + after.version() + "\n\n")
                .contains("8.0 s, evidence 0.45", "Random.");
        assertThat(made.resolve("quantisation.json")).exists();
    }

    @Test
    void shouldRefuseNumbersThatMakeNoSense() {
        assertThat(vote(TestBundles.frames(), "long").err())
                .contains("SECONDS,EVIDENCE,TEMPERATURE", "persistence=long");
        assertThat(runner.run("bundle", "vote", "x", "--persistence", "8,2,1", "--out", "y")
                        .err())
                .contains("persistence.evidence=2.0");
    }
}
