package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.inference.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle detector} as it is typed, with bundles of random weights. */
class BundleDetectorTest {
    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path folder;

    private Path write(FeatureSpec features) {
        BundleContent content = TestBundles.frames();
        return BundleWriter.write(
                folder.resolve("before"),
                content.withFeatures("1.0.0", features, content.provenance()),
                LocalDate.of(2026, 11, 28),
                Map.of("MODEL_CARD.md", "# frames 1.0.0\n\nRandom.\n", "quantisation.json", "{}\n"),
                OnnxExport::besideWeights);
    }

    private CommandRunner.Result renew(Path bundle) {
        return runner.run(
                "bundle",
                "detector",
                bundle.toString(),
                "--out",
                folder.resolve("after").toString());
    }

    /** That of the first release that had one. */
    private static FeatureSpec ofEarlierRelease() {
        ObjectNode json = FeatureSpecs.toJson(FeatureSpecs.telephoneVoice());
        ((ObjectNode) json.get("voice"))
                .put("network", "telephone-1")
                .put("sha256", "bb6f08a0d4f96e7774d7117e66b260d61957bacd80d55c1ed102745c54bf1d0a")
                .put("threshold", 0.5);
        return FeatureSpecs.fromJson(json);
    }

    @Test
    void shouldChangeTheDetectorAlone() throws IOException {
        Path bundle = write(ofEarlierRelease());

        CommandRunner.Result done = renew(bundle);

        assertThat(done.exitCode()).as(done.err()).isZero();
        Path written = folder.resolve("after").resolve("frames").resolve("1.0.0-detector.1");
        assertThat(done.err()).contains("wrote " + written).contains("in place of telephone-1");
        BundleContent before = Bundle.open(bundle).content();
        BundleContent after = Bundle.open(written).content();
        assertThat(after.features()).isEqualTo(FeatureSpecs.telephoneVoice());
        assertThat(after.voters()).usingRecursiveComparison().isEqualTo(before.voters());
        assertThat(after.priors()).isEqualTo(before.priors());
        assertThat(after.provenance().get("detectorFrom").asText()).isEqualTo("frames 1.0.0, telephone-1");
        assertThat(Files.readString(written.resolve("MODEL_CARD.md")))
                .startsWith("# frames 1.0.0-detector.1\n\nThe voters are those of frames 1.0.0.")
                .endsWith("Random.\n")
                .doesNotContain("# frames 1.0.0\n");
        assertThat(written.resolve("quantisation.json")).hasContent("{}");
    }

    @Test
    void shouldRefuseWhereThereIsNothingToRenew() {
        CommandRunner.Result newest = renew(write(FeatureSpecs.telephoneVoice()));
        assertThat(newest.exitCode()).isEqualTo(1);
        assertThat(newest.err()).contains("frames 1.0.0 has the newest detector already: telephone-");
        assertThat(folder.resolve("after")).doesNotExist();
    }

    @Test
    void shouldRefuseABundleThatTellsNoVoices() {
        CommandRunner.Result none = renew(write(FeatureSpecs.telephone()));
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err())
                .contains("frames 1.0.0 tells no voices from music")
                .contains("train it");
    }
}
