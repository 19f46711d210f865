package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges for 8 bits in a bundle: kept, absent as before, and checked. */
class QuantisationTest {
    private static final BundleContent PLAIN = TestBundles.frames();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 28);

    @TempDir
    private Path models;

    private static Map<String, List<List<Float>>> ranges() {
        Map<String, List<List<Float>>> ranges = new LinkedHashMap<>();
        for (Voter.Network voter : PLAIN.networks()) {
            List<List<Float>> values = new ArrayList<>();
            for (int channels : Quantisation.channels(voter.spec())) {
                values.add(Collections.nCopies(channels, 0.1f + values.size()));
            }
            ranges.put(voter.name(), values);
        }
        return ranges;
    }

    private static BundleContent with(Map<String, List<List<Float>>> ranges) {
        return PLAIN.quantised(
                "0.0.2", new Quantisation("random numbers", 12, ranges), PLAIN.provenance(), PLAIN.scores());
    }

    @Test
    void shouldBeKeptInABundle() throws IOException {
        BundleContent content = with(ranges());

        Path plain = BundleWriter.write(models, PLAIN, DAY, Map.of(), OnnxExport::besideWeights);
        Path folder = BundleWriter.write(models, content, DAY, Map.of(), OnnxExport::besideWeights);

        assertThat(Bundle.open(folder).content()).isEqualTo(content);
        assertThat(Files.readString(plain.resolve("bundle.json"))).doesNotContain("quantisation");
        assertThat(Bundle.open(plain).content().quantisation()).isEqualTo(Quantisation.NONE);
        assertThat(Files.readAllBytes(folder.resolve("cnn-1.f32")))
                .as("weights stay")
                .isEqualTo(Files.readAllBytes(plain.resolve("cnn-1.f32")));
        assertThat(Files.size(folder.resolve("bundle.json")) - Files.size(plain.resolve("bundle.json")))
                .isBetween(1_000L, 10_000L);
        assertThat(content.quantisation().describe()).contains("8 bits", "cnn-1", "12 windows of random numbers");
        assertThat(Quantisation.NONE.describe()).isEqualTo("floats");
    }

    @Test
    void shouldFitTheNetworks() {
        assertRefused(Map.of("cnn-9", List.of(List.of(1f))), "networks of the bundle", "cnn-9");
        assertRefused(Map.of("xgboost", List.of(List.of(1f))), "xgboost");
        assertRefused(Map.of("cnn-1", List.of(List.of(1f, 1f), List.of(1f))), "[24, 32, 48, 64, 96]", "numbers=[2, 1]");
        for (float bad : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e7f}) {
            assertRefused(Map.of("cnn-1", List.of(List.of(1f, bad))), "1e-6 to 1e6", "cnn-1[0][1]=" + bad);
        }
        BundleContent flat = TestBundles.reference();
        assertThatThrownBy(() -> flat.quantised(
                        "0.0.2",
                        new Quantisation("test", 1, Map.of("cnn-1", List.of(List.of(1f)))),
                        flat.provenance(),
                        flat.scores()))
                .hasMessageContaining("without flatten");
        assertThatThrownBy(() -> new Quantisation("test", 0, Map.of("cnn-1", List.of(List.of(1f)))))
                .hasMessageContaining("quantisation.windows=0");
    }

    private static void assertRefused(Map<String, List<List<Float>>> ranges, String... says) {
        assertThatThrownBy(() -> with(ranges))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(says);
    }
}
