package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.BundleWriter;
import io.undertone.bundle.Voter;
import io.undertone.bundle.Weights;
import io.undertone.bundle.onnx.OnnxExport;
import io.undertone.inference.TestBundles;
import io.undertone.inference.onnx.EightBits;
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

/** {@code bundle quantise} as it is typed, with bundles of random weights and made-up voices. */
class BundleQuantiseTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 28);

    private final CommandRunner runner = new CommandRunner();

    @TempDir
    Path folder;

    private Path corpus = Path.of("");

    @BeforeEach
    void speak() throws IOException {
        corpus = MadeUpVoices.corpus(folder.resolve("made-up"), 4);
    }

    private static Path write(Path models, BundleContent content) {
        return BundleWriter.write(
                models,
                content,
                DAY,
                Map.of("MODEL_CARD.md", "# frames 0.0.1\n\nRandom.\n\n## Intended use\n"),
                OnnxExport::besideWeights);
    }

    private CommandRunner.Result quantise(Path bundle, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "bundle",
                "quantise",
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
    void shouldWriteAVersionWithRanges() throws IOException {
        EightBits.areNeeded();
        Path bundle = write(folder.resolve("before"), TestBundles.frames());

        CommandRunner.Result done = quantise(bundle, "--clips", "10");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out())
                .contains(
                        "windows of 10 clips",
                        "of 12 clips by 2 other speakers",
                        "made-up: UAR",
                        "99 of 100 by at most");
        Path made = folder.resolve("models/frames/0.0.1-bytes.1");
        assertThat(done.errLines()).anySatisfy(line -> assertThat(line).contains("wrote " + made, "quantisation.json"));
        BundleContent before = Bundle.open(bundle).content();
        BundleContent after = Bundle.open(made).content();
        assertThat(after.quantisation().ranges().keySet()).containsExactly("cnn-1", "cnn-2", "cnn-3", "cnn-4", "cnn-5");
        assertThat(after.quantisation().basis()).contains("2 speakers of made-up", "telephone");
        assertThat(after.voters()).isEqualTo(before.voters());
        assertThat(after.provenance().path("quantisedFrom").asText()).isEqualTo("frames 0.0.1");
        JsonNode figures =
                new ObjectMapper().readTree(made.resolve("quantisation.json").toFile());
        assertThat(after.scores().path("quantisation")).isEqualTo(figures);
        assertThat(figures.at("/differenceOfProbability/99Of100").asDouble()).isBetween(1e-5, 0.01);
        assertThat(figures.at("/uar/floats")).isEqualTo(figures.at("/uarByCorpus/made-up/floats"));
        assertThat(figures.at("/heldOutSpeakers").asInt()).isEqualTo(2);
        assertThat(made.resolve("MODEL_CARD.md"))
                .content()
                .startsWith("# frames 0.0.1-bytes.1\n\n## In 8 bits\n")
                .contains("Random.\n\n## Intended use\n")
                .doesNotContain("# frames 0.0.1\n");
        assertThat(runner.run("bundle", "inspect", made.toString()).out()).contains("floats, or 8 bits (cnn-1, cnn-2");
        assertThat(runner.run("bundle", "verify", made.toString()).out()).contains("in 8 bits");
        assertThat(runner.run("bundle", "verify", made.toString(), "--set", "inference.precision=float")
                        .out())
                .contains("in floats");
        assertThat(runner.run("bundle", "verify", bundle.toString()).out()).contains("in floats");
    }

    @Test
    void shouldGiveTheSameAgainAndReplaceWhatTheCardSaid() throws IOException {
        EightBits.areNeeded();
        Path bundle = write(folder.resolve("before"), TestBundles.frames());
        assertThat(quantise(bundle).exitCode()).isZero();
        Path first = folder.resolve("models/frames/0.0.1-bytes.1");

        CommandRunner.Result done = quantise(first);

        assertThat(done.exitCode()).as(done.err()).isZero();
        Path second = folder.resolve("models/frames/0.0.1-bytes.2");
        assertThat(Bundle.open(second).content().quantisation())
                .isEqualTo(Bundle.open(first).content().quantisation());
        assertThat(Files.readString(second.resolve("MODEL_CARD.md")))
                .isEqualTo(Files.readString(first.resolve("MODEL_CARD.md"))
                        .replace("# frames 0.0.1-bytes.1", "# frames 0.0.1-bytes.2")
                        .replace("those of frames 0.0.1;", "those of frames 0.0.1-bytes.1;"));
        CommandRunner.Result taken = quantise(bundle, "--bundle-version", "0.0.1-bytes.1");
        assertThat(taken.exitCode()).isEqualTo(1);
        assertThat(taken.err()).contains("choose another version");
    }

    /** One channel whose values are a thousand times those of the others takes all of the 255 steps. */
    @Test
    void shouldRefuseWhat8BitsChangeTooMuch() {
        EightBits.areNeeded();
        BundleContent plain = TestBundles.frames();
        List<Voter> voters = new ArrayList<>();
        for (Voter.Network voter : plain.networks()) {
            Weights weights = voter.weights();
            Weights loud = Weights.of(weights.spec(), parameter -> {
                float[] values = weights.get(parameter.name());
                if (parameter.name().equals("1.scale") || parameter.name().equals("0.bias")) {
                    values[0] *= 1_000;
                }
                return values;
            });
            voters.add(new Voter.Network(voter.name(), voter.preparation(), loud));
        }
        Path bundle = write(folder.resolve("before"), TestBundles.content("frames", plain.features(), voters));

        CommandRunner.Result refused = quantise(bundle);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .containsAnyOf(
                        "UAR must fall by at most 0.3 points",
                        "99 of 100 probabilities of the vote must differ by at most 0.01");
        assertThat(refused.err()).contains("learn the ranges from more speech", "keep frames 0.0.1 in floats");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void shouldSayWhatCannotBeQuantised() throws IOException {
        Path flat = write(folder.resolve("flat"), TestBundles.reference());
        assertThat(quantise(flat).err()).contains("two convolutions or more and no flatten", "reference 0.0.1");
        Path bundle = write(folder.resolve("before"), TestBundles.frames());
        CommandRunner.Result few = quantise(bundle, "--clips", "0");
        assertThat(few.exitCode()).isEqualTo(2);
        assertThat(few.err()).contains("clips=0");
        corpus = MadeUpVoices.corpus(folder.resolve("one-voice"), 1);
        assertThat(quantise(bundle).err()).contains("by two speakers or more");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void shouldRefuseToServe8BitsWithoutRanges() {
        Path bundle = write(folder.resolve("before"), TestBundles.frames());

        CommandRunner.Result refused =
                runner.run("bundle", "verify", bundle.toString(), "--set", "inference.precision=int8");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("inference.precision=int8", "no ranges", "bundle=frames 0.0.1", "undertone bundle quantise");
    }

    @Test
    void shouldMeasureInThePrecisionThatIsAskedFor() {
        Path bundle = write(folder.resolve("before"), TestBundles.frames());

        CommandRunner.Result refused = evaluate(bundle, "int8");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("no ranges", "bundle=frames 0.0.1");
        assertThat(evaluate(bundle, "float").exitCode()).isZero();
        CommandRunner.Result unknown = evaluate(bundle, "bf16");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("--precision", "AUTO, FLOAT, INT8", "bf16");
    }

    private CommandRunner.Result evaluate(Path bundle, String precision) {
        return runner.run(
                "evaluate",
                "--bundle",
                bundle.toString(),
                "--corpus",
                corpus.toString(),
                "--conditions",
                "telephone",
                "--report",
                folder.resolve("report").toString(),
                "--precision",
                precision);
    }
}
