package io.undertone.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.TestBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final BundleContent CONTENT = TestBundles.reference();

    @TempDir
    private Path models;

    private Path folder;

    @BeforeEach
    void write() {
        folder = BundleWriter.write(
                models, CONTENT, DAY, Map.of("MODEL_CARD.md", "# A card\n"), OnnxExport::besideWeights);
    }

    @Test
    void shouldReadWhatWasWritten() {
        Bundle bundle = Bundle.open(folder);

        assertThat(folder).isEqualTo(models.resolve("reference").resolve("0.0.1"));
        assertThat(bundle.content()).isEqualTo(CONTENT);
        assertThat(bundle.created()).isEqualTo("2026-11-22");
        assertThat(folder.resolve("MODEL_CARD.md")).hasContent("# A card\n");
    }

    @Test
    void shouldReadFramesBundles() {
        for (BundleContent frames : List.of(TestBundles.frames(), TestBundles.pitched(), TestBundles.contrasted())) {
            assertThat(Bundle.open(BundleWriter.write(models, frames, DAY, Map.of(), OnnxExport::besideWeights))
                            .content())
                    .isEqualTo(frames);
        }
    }

    @Test
    void shouldRefuseContrastWeightsThatDoNotFit() {
        BundleContent frames = TestBundles.frames();
        assertThatThrownBy(() -> frames.withContrast(
                        "0.0.2",
                        frames.features(),
                        TestBundles.contrasted().contrastWeights(),
                        frames.provenance(),
                        frames.scores()))
                .hasMessageContaining("contrastWeights must have 0 weights for each label");
        assertThatThrownBy(() -> frames.withContrast(
                        "0.0.2",
                        TestBundles.contrasted().features(),
                        new ContrastWeights(Map.of("angry", List.of(1.0, 1.0, 1.0, 1.0, 1.0))),
                        frames.provenance(),
                        frames.scores()))
                .hasMessageContaining("contrastWeights must name each label once");
        assertThatThrownBy(() -> new ContrastWeights(Map.of("angry", List.of(Double.NaN))))
                .hasMessageContaining("must be finite: contrastWeights.angry");
    }

    @Test
    void shouldGiveTheSameBytesButForTheDate() throws IOException {
        Path again = BundleWriter.write(
                models.resolve("again"), CONTENT, LocalDate.of(2027, 1, 2), Map.of(), OnnxExport::besideWeights);

        try (Stream<Path> files = Files.list(again)) {
            for (Path file : files.toList()) {
                byte[] first =
                        Files.readAllBytes(folder.resolve(file.getFileName().toString()));
                byte[] second = Files.readAllBytes(file);
                if (file.endsWith("bundle.json")) {
                    assertThat(new String(second, StandardCharsets.UTF_8).replace("2027-01-02", "2026-11-22"))
                            .isEqualTo(new String(first, StandardCharsets.UTF_8));
                } else {
                    assertThat(second).isEqualTo(first);
                }
            }
        }
    }

    @Test
    void shouldStoreNoWeightTwice() throws IOException {
        long weights = 5L * 416_136 * Float.BYTES;
        long all = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all += Files.size(file);
            }
        }

        assertThat(Files.size(folder.resolve("ensemble.onnx"))).isLessThan(64 << 10);
        assertThat(all).isBetween(weights, weights + (1 << 20));
    }

    @Test
    void shouldNotOverwriteUnlessAsked() {
        assertThatThrownBy(() -> BundleWriter.write(models, CONTENT, DAY, Map.of(), OnnxExport::besideWeights))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("choose another version");

        BundleWriter.replace(models, CONTENT, DAY, Map.of(), OnnxExport::besideWeights);

        assertThat(folder.resolve("MODEL_CARD.md")).doesNotExist();
        assertThat(folder.getParent().toFile().list()).containsExactly("0.0.1");
    }

    @Test
    void shouldRefuseDamagedFiles() throws IOException {
        Path weights = folder.resolve("cnn-3.f32");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[1000] ^= 1;
        Files.write(weights, bytes);
        assertRefused("cnn-3.f32", "SHA-256", "get the bundle again");

        Files.write(weights, new byte[12]);
        assertRefused("cnn-3.f32", "bytes=12");

        Files.delete(weights);
        assertRefused("cnn-3.f32", "must be there");
    }

    @Test
    void shouldRefuseADamagedOnnxFileAndADamagedTree() throws IOException {
        Files.writeString(folder.resolve("ensemble.onnx"), "no graph");
        assertRefused("ensemble.onnx", "bytes=8");
        folder = BundleWriter.replace(models, CONTENT, DAY, Map.of(), OnnxExport::besideWeights);
        Files.writeString(folder.resolve("xgboost.ubj"), "no trees");
        assertRefused("xgboost.ubj", "bytes=8");
    }

    @Test
    void shouldRefuseFilesOutsideItsFolder() throws IOException {
        Files.copy(folder.resolve("cnn-1.f32"), models.resolve("cnn-1.f32"));
        editManifest(json -> json.replace("\"cnn-1.f32\"", "\"../../cnn-1.f32\""));
        assertRefused("bundle.json", "own folder", "../../cnn-1.f32");

        folder = BundleWriter.replace(models, CONTENT, DAY, Map.of(), OnnxExport::besideWeights);
        editManifest(json -> json.replace("\"cnn-1.f32\"", "\"/etc/hostname\""));
        assertRefused("bundle.json", "own folder");

        folder = BundleWriter.replace(models, CONTENT, DAY, Map.of(), OnnxExport::besideWeights);
        Files.delete(folder.resolve("cnn-1.f32"));
        Files.createSymbolicLink(folder.resolve("cnn-1.f32"), models.resolve("cnn-1.f32"));
        assertRefused("cnn-1.f32", "plain file");
    }

    @Test
    void shouldSayHowLongEmotionsLastOnlyWhereTheyDo() throws IOException {
        Path manifest = folder.resolve("bundle.json");
        String json = Files.readString(manifest);
        assertThat(json).doesNotContain("persistence");

        Files.writeString(manifest, json.replace("\"licence\"", "\"persistence\" : null, \"licence\""));
        assertThat(Bundle.open(folder).content()).isEqualTo(CONTENT);

        Files.writeString(
                manifest,
                json.replace(
                        "\"licence\"",
                        "\"persistence\" : {\"dwellSeconds\" : 4, \"evidence\" : 0.75, \"temperature\" : 1.2}, \"licence\""));
        assertThat(Bundle.open(folder).content().persistence()).isEqualTo(new Persistence(4, 0.75, 1.2));
    }

    @Test
    void shouldKeepHowVoicesAreAllowedFor() throws IOException {
        Map<String, Double> expected = new LinkedHashMap<>();
        CONTENT.labels().forEach(label -> expected.put(label, label.equals("neutral") ? 0.65 : 0.05));
        keepsPersistence(new Persistence(4, 0.75, 1.2, new VoiceBaseline(10, 0.75, 3, expected)));
        keepsPersistence(new Persistence(4, 0.75, 1.2, new VoiceBaseline(10, 0.75, 3, expected, 0.25)));
    }

    /** What earlier releases wrote lacks {@code expectile}. */
    private void keepsPersistence(Persistence persistence) throws IOException {
        BundleContent content = new BundleContent(
                CONTENT.name(),
                CONTENT.version(),
                CONTENT.labels(),
                CONTENT.features(),
                CONTENT.voters(),
                CONTENT.temperature(),
                persistence,
                CONTENT.priors(),
                CONTENT.licence(),
                CONTENT.provenance(),
                CONTENT.scores());
        Path written = BundleWriter.replace(models, content, DAY, Map.of(), OnnxExport::besideWeights);

        assertThat(Bundle.open(written).content().persistence()).isEqualTo(persistence);
        assertThat(Files.readString(written.resolve("bundle.json"))).contains("\"voiceBaseline\" : {");
        boolean ofExpectile =
                Objects.requireNonNull(persistence.voiceBaseline()).expectile() != null;
        assertThat(Files.readString(written.resolve("bundle.json")).contains("expectile"))
                .isEqualTo(ofExpectile);
    }

    @Test
    void shouldRefuseManifestsThatDoNotFit() throws IOException {
        assertManifestRefused(
                json -> json.replace(
                        "\"licence\"",
                        "\"persistence\" : {\"dwellSeconds\" : -1, \"evidence\" : 1, \"temperature\" : 1}, \"licence\""),
                "dwellSeconds=-1");
        assertManifestRefused(
                json -> json.replace(
                        "\"licence\"", "\"persistence\" : {\"dwellSeconds\" : 4, \"evidence\" : 1}, \"licence\""),
                "temperature");
        assertManifestRefused(
                json -> json.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"), "formatVersion=2");
        assertManifestRefused(json -> json.replace("\"temperature\" : 1.5", "\"temperature\" : 0"), "temperature=0");
        assertManifestRefused(json -> json.replace("\"calm\",", "\"sad\","), "each once");
        assertManifestRefused(json -> json.replace("\"calm\", ", ""), "7 labels");
        assertManifestRefused(json -> json.replace("\"surprised\" :", "\"astonished\" :"), "affect.labels");
        assertManifestRefused(json -> json.replace("\"valence\" : 0.81", "\"valence\" : 8.1"), "valence=8.1");
        assertManifestRefused(json -> json.replace("\"valence\" : 0.81,", ""), "valence");
        assertManifestRefused(json -> json.replace("\"NEGATIVE\"", "\"BAD\""), "BAD");
        assertManifestRefused(json -> json.replace("\"kernel\" : 5", "\"kernel\" : 4"), "kernel=4");
        assertManifestRefused(json -> json.replace("\"kernel\" : 5,", ""), "kernel");
        assertManifestRefused(json -> json.replace("\"floorDb\" : -100.0", "\"floorDb\" : -90.0"), "Fingerprint");
        assertManifestRefused(json -> json.replace("\"licence\"", "\"license\""), "licence");
        assertManifestRefused(json -> json.replace("\"network-1\",", "\"network-7\","), "network=network-7");
        assertManifestRefused(json -> json.replace("\"conv1d\"", "\"java.lang.Runtime\""), "java.lang.Runtime");
        assertManifestRefused(json -> json.substring(0, json.length() / 2), "line");
        assertManifestRefused(json -> "", "content");
        assertManifestRefused(json -> json.replace("\"labels\" : [", "\"labels\" : null, \"x\" : ["), "x");
    }

    @Test
    void shouldRefuseAFolderThatIsNotThere() {
        folder = models.resolve("reference").resolve("9.9.9");
        assertRefused("9.9.9", "models/NAME/VERSION");
    }

    private void assertManifestRefused(UnaryOperator<String> edit, String... says) throws IOException {
        folder = BundleWriter.replace(models, CONTENT, DAY, Map.of(), OnnxExport::besideWeights);
        editManifest(edit);
        assertRefused("bundle.json", says);
    }

    private void editManifest(UnaryOperator<String> edit) throws IOException {
        Path file = folder.resolve("bundle.json");
        String before = Files.readString(file);
        String after = edit.apply(before);
        assertThat(after).as("the edit must change something").isNotEqualTo(before);
        Files.writeString(file, after);
    }

    private void assertRefused(String file, String... says) {
        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(file)
                .hasMessageContainingAll(says);
    }
}
