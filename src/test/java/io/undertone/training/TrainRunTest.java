package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.inference.EngineSettings;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.network.LearningRate;
import io.undertone.training.network.Plan;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.report.CallFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a small corpus of made-up voices, whose label is their pitch, measures by folds, writes a bundle, evaluates it. */
class TrainRunTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    /** Learns next to nothing: for what does not depend on what is learnt. */
    private static final Recipe SHORT = new MeanRecipe(new Plan(3, 64, new LearningRate.Constant(5e-4), 0, 0));

    /** Learns enough to tell two pitches apart. */
    private static final Recipe BRIEF = new MeanRecipe(new Plan(10, 64, new LearningRate.Constant(1e-3), 0, 4));

    @TempDir
    static Path folder;

    private static Path corpus = Path.of("");

    @BeforeAll
    static void makeCorpus() throws IOException {
        corpus = MadeUpVoices.corpus(folder.resolve("voices"), 3);
        Files.copy(corpus.resolve("sad00.wav"), corpus.resolve("twice.wav"));
        Files.writeString(corpus.resolve("manifest.csv"), "twice.wav,speaker-0,sad\n", StandardOpenOption.APPEND);
    }

    @Test
    void shouldMeasureByFoldsTrainAndEvaluate() throws IOException {
        Path report = folder.resolve("folds");
        Optional<Path> bundle = train(
                BRIEF, "one", folder.resolve("models-1"), report, List.of(Condition.TELEPHONE, Condition.LOSS), null);
        assertThat(bundle).isPresent();
        JsonNode folds = json(report.resolve("report.json"));
        JsonNode telephone = folds.at("/corpora/voices/telephone");
        assertThat(folds.at("/protocol").asText()).isEqualTo("speaker-independent");
        assertThat(telephone.at("/clips").asInt()).isEqualTo(18); // the duplicate is dropped
        assertThat(telephone.at("/uarByFold")).hasSize(3);
        assertThat(telephone.at("/uar").asDouble()).isGreaterThan(0.8);
        assertThat(telephone.at("/voterUar")).hasSize(6);
        assertThat(report.resolve("report.md")).content().contains("speaker-independent", "voices, loss");

        assertThat(folds.at("/stagedCalls/voices/episodes")).hasSize(5);
        assertThat(folds.at("/stagedCalls/voices/episodes/3/windows").asInt()).isGreaterThan(100);
        assertThat(folds.at("/stagedCalls/voices/episodes/3/alone/uar").asDouble())
                .isGreaterThan(0.6);
        assertThat(report.resolve("scores.md")).content().contains("with those before");

        Bundle written = Bundle.open(bundle.orElseThrow());
        assertThat(written.content().temperature())
                .isEqualTo(folds.at("/temperature").asDouble());
        assertThat(written.content().persistence().dwellSeconds())
                .isEqualTo(folds.at("/persistence/dwellSeconds").asDouble());
        ReferenceFigures figures =
                ReferenceFigures.in(written.content().scores()).orElseThrow();
        assertThat(figures.windows()).isGreaterThanOrEqualTo(18);
        assertThat(figures.figures())
                .containsOnlyKeys(
                        ReferenceFigures.LEVEL,
                        ReferenceFigures.SPEECH_RATIO,
                        ReferenceFigures.AGREEMENT,
                        ReferenceFigures.CONFIDENCE);
        assertThat(figures.labels().get("sad")).isBetween(0.3, 0.7);
        assertThat(bundle.orElseThrow().resolve("MODEL_CARD.md"))
                .content()
                .contains("Who must not be scored", "voices: 18 clips, 3 speakers", "Recall of each emotion");

        Path evaluated = folder.resolve("evaluated");
        EvaluateRun.run(
                new EvaluateRun.Options(
                        written.folder(),
                        List.of(corpus),
                        List.of(),
                        List.of(),
                        List.of(Condition.CLEAN, Condition.GAIN),
                        2,
                        true,
                        ReadShares.SERVED,
                        JudgedCall.DEFAULT_RULES,
                        evaluated,
                        EngineSettings.auto(1),
                        1),
                (condition, done, total) -> {});
        JsonNode staged = json(evaluated.resolve("report.json")).at("/stagedCalls/episodes/4");
        assertThat(staged.at("/utterances").asInt()).isEqualTo(16);
        assertThat(staged.at("/inContext/share").asDouble()).isBetween(0.0, 1.0);
        assertThat(evaluated.resolve("report.md")).content().contains("Windows of calls staged");
        JsonNode clean = json(evaluated.resolve("report.json")).at("/conditions/clean");
        assertThat(clean.at("/clips").asInt()).isEqualTo(19);
        assertThat(clean.at("/uar").asDouble()).isGreaterThan(0.8);
        assertThat(clean.at("/perLabel/sad/support").asInt()).isEqualTo(10);
        assertThat(clean.at("/confusion")).hasSize(8);
        assertThat(evaluated.resolve("report.md"))
                .content()
                .contains("trained on 3 of 3 speakers", "holds no clip of [neutral, calm, happy");

        hearsCalls(written.folder());
    }

    /** One call of two utterances: its customer is sad, then angry. */
    private static void hearsCalls(Path bundle) throws IOException {
        Path calls = Files.createDirectories(folder.resolve("calls"));
        float[] sad = AudioFile.read(corpus.resolve("sad00.wav")).channel(0);
        float[] angry = AudioFile.read(corpus.resolve("angry11.wav")).channel(0);
        float[] customer = Arrays.copyOf(sad, sad.length + angry.length);
        System.arraycopy(angry, 0, customer, sad.length, angry.length);
        AudioWriter.writeWav(
                calls.resolve("call-1.wav"),
                new Recording(16_000, new float[][] {new float[customer.length], customer}),
                SampleFormat.PCM_S16LE);
        Files.writeString(
                calls.resolve("truth.csv"),
                "call,role,start_ms,end_ms,label\ncall-1,agent,0,100,calm\ncall-1,customer,0,3000,sad\n"
                        + "call-1,customer,3000,6000,angry\n");
        CallFigures figures =
                CallsRun.run(bundle, calls, folder.resolve("heard"), ReadShares.SERVED, EngineSettings.auto(1));
        assertThat(figures.inContext().confusion().total()).isBetween(2, figures.windows());
        assertThat(figures.inContext().confusion().accuracy()).isGreaterThan(0.6);
        assertThat(figures.inContext().reliability().expectedCalibrationError()).isBetween(0.0, 1.0);
        assertThat(json(folder.resolve("heard/calls.json"))
                        .at("/perLabel/sad/support")
                        .asInt())
                .isPositive();
    }

    @Test
    void shouldMakeTheBundleOfTheOneFoldThatIsRun() throws IOException {
        Path report = folder.resolve("one-fold");
        Path bundle = train(SHORT, "fold", folder.resolve("models-f"), report, List.of(Condition.TELEPHONE), 2)
                .orElseThrow();
        JsonNode telephone = json(report.resolve("report.json")).at("/corpora/voices/telephone");
        assertThat(telephone.at("/clips").asInt()).isEqualTo(6); // one of three speakers
        JsonNode trainedOn = json(bundle.resolve("bundle.json")).at("/provenance/corpora/0/speakers");
        assertThat(trainedOn).extracting(JsonNode::asText).containsExactly("speaker-0", "speaker-2");
        assertThat(bundle.resolve("MODEL_CARD.md")).content().contains("this very bundle's", "--fold 2");
        assertThatThrownBy(() -> train(SHORT, "fold", null, report, List.of(Condition.TELEPHONE), 4))
                .hasMessageContaining("fold must be 1 to 3", "fold=4");
    }

    @Test
    void shouldWriteTheSameBytesForTheSameSeed() throws IOException {
        Path first = train(SHORT, "two", folder.resolve("two/models"), null, List.of(Condition.CLEAN), null)
                .orElseThrow();
        Path second = train(SHORT, "three", folder.resolve("three/models"), null, List.of(Condition.CLEAN), null)
                .orElseThrow();
        try (Stream<Path> files = Files.list(first)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file));
        }
    }

    @Test
    void shouldRefuseANameThatIsNoFolder() {
        for (String name : List.of("Bad", "a/b", "..", "")) {
            assertThatThrownBy(() -> options("telephone", name))
                    .hasMessageContaining("a-z, 0-9 and -")
                    .hasMessageContaining("name=" + name);
        }
        assertThatThrownBy(() -> options("reference", "mine")).hasMessageContaining("recipe=reference");
        assertThat(options("telephone", "telephone-open").bundleName()).isEqualTo("telephone-open");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> TrainRun.run(
                        options("four", null, null, List.of(Condition.CLEAN), null),
                        TrainingProgress.SILENT,
                        i -> {},
                        () -> false))
                .hasMessageContaining("output folder");
        assertThatThrownBy(() -> EvaluateRun.run(
                        new EvaluateRun.Options(
                                folder.resolve("no-bundle"),
                                List.of(corpus),
                                List.of(),
                                List.of(),
                                List.of(Condition.CLEAN),
                                0,
                                false,
                                ReadShares.SERVED,
                                JudgedCall.DEFAULT_RULES,
                                folder.resolve("r"),
                                EngineSettings.auto(1),
                                1),
                        (condition, done, total) -> {}))
                .hasMessageContaining("no-bundle");
        assertThatThrownBy(() -> TrainRun.run(
                        options("telephone-mean", folder.resolve("nowhere"), folder.resolve("x"), "five"),
                        TrainingProgress.SILENT,
                        i -> {},
                        () -> false))
                .isInstanceOf(CorpusException.class);
        assertThatThrownBy(() -> TrainRun.run(
                        options("guess", corpus, folder.resolve("x"), "six"),
                        TrainingProgress.SILENT,
                        i -> {},
                        () -> false))
                .hasMessageContaining("recipe=guess");
    }

    private static Optional<Path> train(
            Recipe recipe,
            String work,
            @Nullable Path models,
            @Nullable Path report,
            List<Condition> conditions,
            @Nullable Integer fold)
            throws IOException {
        return new CorpusRun(
                        recipe,
                        options(work, models, report, conditions, fold),
                        TrainingProgress.SILENT,
                        i -> {},
                        () -> false)
                .run();
    }

    private static TrainRun.Options options(
            String work,
            @Nullable Path models,
            @Nullable Path report,
            List<Condition> conditions,
            @Nullable Integer fold) {
        return new TrainRun.Options(
                "telephone-mean",
                null,
                List.of(corpus),
                models,
                null,
                "1.0.0",
                report,
                null,
                null,
                null,
                null,
                List.of(),
                fold,
                conditions,
                TrainRun.Extras.NONE,
                List.of(),
                folder.resolve("work-" + work),
                1,
                1,
                DAY);
    }

    private static TrainRun.Options options(String recipe, Path from, Path models, String work) {
        return options(recipe, from, models, null, work);
    }

    private static TrainRun.Options options(String recipe, String name) {
        return options(recipe, corpus, folder.resolve("models"), name, "work");
    }

    private static TrainRun.Options options(String recipe, Path from, Path models, @Nullable String name, String work) {
        return new TrainRun.Options(
                recipe,
                null,
                List.of(from),
                models,
                name,
                "1.0.0",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                TrainRun.Extras.NONE,
                List.of(),
                folder.resolve(work),
                1,
                1,
                DAY);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
