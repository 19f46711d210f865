package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.TestBundles;
import io.undertone.training.MadeUpVoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle contrast} as it is typed, with bundles of random weights and made-up voices. */
class BundleContrastTest {
    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path folder;

    private Path corpus = Path.of("");

    /** Half of the voices are neutral, half angry and higher. */
    @BeforeEach
    void speak() throws IOException {
        corpus = MadeUpVoices.corpus(folder.resolve("made-up"), 3);
        Path manifest = corpus.resolve("manifest.csv");
        Files.writeString(manifest, Files.readString(manifest).replace(",sad", ",neutral"));
    }

    private Path write(BundleContent content) {
        return BundleWriter.write(
                folder.resolve("before"),
                content,
                LocalDate.of(2026, 11, 29),
                Map.of("MODEL_CARD.md", "# frames 0.0.1\n\nRandom.\n"),
                OnnxExport::besideWeights);
    }

    private CommandRunner.Result contrast(Path bundle, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "bundle",
                "contrast",
                bundle.toString(),
                "--corpus",
                corpus.toString(),
                "--out",
                folder.resolve("models").toString(),
                "--threads",
                "1"));
        command.addAll(List.of(more));
        return runner.run(command.toArray(String[]::new));
    }

    @Test
    void shouldWriteAVersionThatComparesAVoiceWithItsPast() throws IOException {
        Path bundle = write(TestBundles.frames());

        CommandRunner.Result done = contrast(bundle, "--measure", corpus.toString());

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("voters of frames 0.0.1, each clip after up to 6 neutral or calm ones", "made-up (18 clips")
                .contains("anger, AUC");
        Path made = folder.resolve("models/frames/0.0.1-contrast.1");
        BundleContent before = Bundle.open(bundle).content();
        BundleContent after = Bundle.open(made).content();
        assertThat(after.voters()).isEqualTo(before.voters());
        assertThat(after.features()).isEqualTo(before.features().withContrast(FeatureSpecs.TELEPHONE_CONTRAST));
        assertThat(after.provenance().path("contrastFrom").asText()).isEqualTo("frames 0.0.1");
        assertThat(after.scores().at("/contrast/corpora/made-up/clips").asInt()).isEqualTo(18);
        Map<String, List<Double>> weights = after.contrastWeights().byLabel();
        assertThat(weights.keySet()).containsExactlyElementsOf(after.labels());
        assertThat(weights.values()).allSatisfy(of -> assertThat(of).hasSize(5));
        // What is higher than before is angry here.
        List<Double> angry = weights.getOrDefault("angry", List.of());
        List<Double> neutral = weights.getOrDefault("neutral", List.of());
        assertThat(angry).isNotEqualTo(neutral);
        assertThat(runner.run("bundle", "inspect", made.toString()).out()).contains("compared with its past");
        assertThat(runner.run("bundle", "verify", made.toString()).exitCode()).isZero();
        assertThat(made.resolve("MODEL_CARD.md"))
                .content()
                .startsWith("# frames 0.0.1-contrast.1\n\n## A voice beside its own past\n")
                .contains("Random.\n")
                .doesNotContain("# frames 0.0.1\n");

        assertThat(contrast(made, "--judged-by", bundle.toString()).exitCode()).isZero();

        Path again = folder.resolve("models/frames/0.0.1-contrast.2");
        assertThat(Bundle.open(again).content().contrastWeights()).isEqualTo(after.contrastWeights());
        assertThat(again.resolve("MODEL_CARD.md")).content().containsOnlyOnce("## A voice beside its own past");

        String models = folder.resolve("models").toString();
        assertThat(runner.run("bundle", "vote", again.toString(), "--persistence", "8,0.45,1", "--out", models)
                        .exitCode())
                .isZero();
        assertThat(contrast(folder.resolve("models/frames/0.0.1-contrast.2-vote.1"))
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("models/frames/0.0.1-contrast.2-vote.1-contrast.1/MODEL_CARD.md"))
                .content()
                .containsOnlyOnce("## A voice beside its own past")
                .contains("8.0 s, evidence 0.45", "Random.");
    }

    @Test
    void shouldSayWhatDoesNotFit() {
        Path bundle = write(TestBundles.frames());
        Path mean = write(TestBundles.reference());

        CommandRunner.Result judge = contrast(bundle, "--judged-by", mean.toString());
        CommandRunner.Result features = contrast(mean);
        CommandRunner.Result earlier = contrast(bundle, "--earlier", "0");

        assertThat(judge.exitCode()).isEqualTo(2);
        assertThat(judge.err()).contains("the judge must have the features of the bundle");
        assertThat(features.exitCode()).isEqualTo(2);
        assertThat(features.err()).contains("contrast must be null where pooling is not FRAMES");
        assertThat(earlier.exitCode()).isEqualTo(2);
        assertThat(earlier.err()).contains("earlier clips must be 1 to 20: earlier=0");
        assertThat(folder.resolve("models")).doesNotExist();
    }
}
