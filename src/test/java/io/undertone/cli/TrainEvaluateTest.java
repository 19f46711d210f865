package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.training.MadeUpVoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code train} and {@code evaluate} as they are typed, on a few made-up voices: what they write and what they say. */
class TrainEvaluateTest {
    private static final Path SPEECH = Path.of("src/test/resources/golden/customer.flac");

    private static final int LABELS = 8;

    /** What the made-up voices teach: a bundle has no other labels. */
    private static final List<String> TAUGHT = List.of("sad", "angry");

    @TempDir
    private Path folder;

    private CommandRunner.Result run(String... args) {
        CommandRunner.Result result = new CommandRunner().home(folder).run(args);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void shouldTrainTheDefaultRecipeAndEvaluateItsBundle() throws IOException {
        Path voices = MadeUpVoices.spoken(folder.resolve("voices"), SPEECH, 2);
        Path report = folder.resolve("report");
        Path models = folder.resolve("models");
        CommandRunner.Result trained = run(
                "train",
                "--recipe",
                "telephone",
                "--corpus",
                voices.toString(),
                "--out",
                models.toString(),
                "--report",
                report.toString(),
                "--conditions",
                "telephone",
                "--persistence",
                "4,0.5,1.25",
                "--temperature",
                "1.5",
                "--work",
                folder.resolve("work").toString(),
                "--threads",
                "1");

        Path bundle = models.resolve("telephone").resolve("1.0.0");
        assertThat(trained.errLines())
                .contains("wrote " + bundle, "wrote " + report.resolve("report.md"))
                .anyMatch(
                        line -> line.matches("network 1: epoch 55 of 110, loss \\S+, about \\d+ (s|min) left in all"));
        assertThat(run("bundle", "verify", bundle.toString()).exitCode()).isZero();
        assertThat(run("bundle", "inspect", bundle.toString()).out())
                .contains("temperature 1.500", "1/e after 4.0 s, evidence 0.50, temperature 1.250");
        assertThat(bundle.resolve("MODEL_CARD.md"))
                .content()
                .contains(
                        "speaker-independent",
                        "set by hand",
                        "--temperature 1.5 --persistence 4.0,0.5,1.25",
                        "is what these weights can be used for");
        JsonNode folds = json(report.resolve("report.json"));
        assertThat(folds.at("/recipe").asText()).isEqualTo("telephone");
        assertThat(folds.at("/protocol").asText()).isEqualTo("speaker-independent");
        JsonNode measured = folds.at("/corpora/voices/telephone");
        assertScores(measured, 12);
        assertThat(measured.at("/uarByFold")).hasSize(2);
        assertThat(measured.at("/voterUar")).hasSize(6);
        assertThat(report.resolve("report.md")).content().contains("speaker-independent", "voices, telephone");

        evaluates(voices);
    }

    /** Measures the bundle by its name, as {@code serve} finds it. */
    private CommandRunner.Result evaluate(Path report, String... what) {
        List<String> command = new ArrayList<>(
                List.of("evaluate", "--bundle", "telephone", "--report", report.toString(), "--threads", "1"));
        command.addAll(List.of(what));
        return run(command.toArray(String[]::new));
    }

    private void evaluates(Path voices) throws IOException {
        Path report = folder.resolve("evaluated");
        CommandRunner.Result evaluated = evaluate(report, "--corpus", voices.toString(), "--conditions", "clean,loss");

        assertThat(evaluated.outLines()).hasSize(2);
        assertThat(evaluated.outLines().get(0)).startsWith("clean").contains("12 clips", "UAR", "accuracy", "ECE");
        assertThat(evaluated.err()).contains("trained on 2 of 2 speakers", "wrote " + report.resolve("report.md"));
        JsonNode json = json(report.resolve("report.json"));
        assertThat(json.at("/bundle").asText()).isEqualTo("telephone 1.0.0");
        assertThat(json.at("/corpora/0").asText()).isEqualTo("voices");
        assertThat(json.at("/conditions")).hasSize(2);
        for (String condition : List.of("clean", "loss")) {
            assertScores(json.at("/conditions/" + condition), 12);
            // Slow and low or fast and high: a recipe that learns tells its own clips apart, and guessing gives 0.5.
            assertThat(json.at("/conditions/" + condition + "/uar").asDouble())
                    .as(condition)
                    .isGreaterThan(0.9);
            assertThat(report.resolve("confusion-" + condition + ".png")).isNotEmptyFile();
        }
        assertThat(report.resolve("report.md")).content().contains("clean", "loss", "UAR", "Coarser questions");
        JsonNode clean = json.at("/conditions/clean");
        assertThat(clean.at("/uarStandardError").isNumber()).isTrue();
        assertThat(clean.at("/fourClasses/classes")).hasSize(4);
        assertThat(clean.at("/fourClasses/uar").asDouble()).isBetween(0.0, 1.0);
        assertThat(clean.at("/sentiment/recall/negative").asDouble()).isBetween(0.0, 1.0);
        assertThat(clean.at("/anger/auc").asDouble()).isBetween(0.0, 1.0);
        assertThat(clean.at("/anger").has("recallAtOneFalseAlarmAnHour")).isFalse();

        readsByTheSharesOfTraining(voices);
        hearsOrdinarySpeech(voices);
    }

    private void readsByTheSharesOfTraining(Path voices) throws IOException {
        Path report = folder.resolve("learned");
        evaluate(report, "--corpus", voices.toString(), "--conditions", "clean", "--priors", "learned");
        assertThat(json(report.resolve("report.json")).at("/notes").toString()).contains("by the shares of training");
        assertThat(report.resolve("report.md")).content().contains("by the shares of training");
    }

    /** People who merely talk and a tone, without a corpus and beside one; made-up voices are no voices to the default bundle. */
    private void hearsOrdinarySpeech(Path voices) throws IOException {
        Path talk = Files.createDirectories(folder.resolve("talk/deep"));
        Files.copy(SPEECH, talk.resolve("one.flac"));
        Files.copy(SPEECH, talk.resolve("two.flac"));
        Path music = MadeUpVoices.tone(folder.resolve("music"), 10);
        Path report = folder.resolve("ordinary");
        List<String> sounds =
                List.of("--ordinary", folder.resolve("talk").toString(), "--not-speech", music.toString());

        CommandRunner.Result evaluated = evaluate(report, sounds.toArray(String[]::new));

        assertThat(evaluated.outLines()).hasSize(2);
        assertThat(evaluated.outLines().get(0)).startsWith("talk").contains("ordinary speech", "alerts an hour");
        assertThat(evaluated.outLines().get(1)).startsWith("music").contains("get a label");
        JsonNode json = json(report.resolve("report.json"));
        JsonNode ordinary = json.at("/ordinary/talk");
        assertThat(ordinary.at("/calls").asInt()).isEqualTo(2);
        assertThat(ordinary.at("/windows").asInt()).isPositive();
        for (String share : List.of("neutralOrCalm", "angryAt06", "negativeAt06", "meanConfidence")) {
            assertThat(ordinary.path(share).asDouble()).as(share).isBetween(0.0, 1.0);
            assertThat(ordinary.at("/alone").path(share).asDouble()).as(share).isBetween(0.0, 1.0);
            assertThat(ordinary.at("/standardErrors").path(share).isNumber())
                    .as(share)
                    .isTrue();
        }
        assertThat(ordinary.at("/alerts")).hasSize(2);
        JsonNode notSpeech = json.at("/notSpeech/music");
        assertThat(notSpeech.at("/windows").asInt()).isEqualTo(8);
        assertThat(notSpeech.at("/byFile/0/file").asText()).isEqualTo("tone.wav");
        assertThat(notSpeech.at("/labelled").asDouble()).isBetween(0.0, 1.0);
        assertThat(report.resolve("report.md"))
                .content()
                .contains("on talk, music", "Ordinary speech", "Not speech", "tone.wav");

        List<String> both = new ArrayList<>(sounds);
        both.addAll(List.of("--corpus", voices.toString(), "--conditions", "clean,telephone"));
        evaluate(report, both.toArray(String[]::new));
        JsonNode conditions = json(report.resolve("report.json")).at("/conditions");
        JsonNode anger = conditions.at("/telephone/anger");
        assertThat(anger.at("/recallAtOneFalseAlarmAnHour").asDouble()).isBetween(0.0, 1.0);
        assertThat(anger.at("/threshold").asDouble()).isBetween(0.0, 1.0);
        assertThat(conditions.at("/clean/anger").has("threshold")).isFalse(); // ordinary speech comes over a telephone
        assertThat(report.resolve("report.md")).content().contains("One false alarm an hour");
    }

    /** The fields of each condition that people read. */
    private static void assertScores(JsonNode scores, int clips) {
        assertThat(scores.at("/clips").asInt()).isEqualTo(clips);
        assertThat(scores.at("/labels")).extracting(JsonNode::asText).isEqualTo(TAUGHT);
        assertThat(scores.at("/uar").asDouble()).isBetween(0.0, 1.0);
        assertThat(scores.at("/accuracy").asDouble()).isBetween(0.0, 1.0);
        assertThat(scores.at("/ece").asDouble()).isBetween(0.0, 1.0);
        assertThat(scores.at("/perLabel")).hasSize(TAUGHT.size());
        assertThat(scores.at("/perLabel/sad/support").asInt()).isEqualTo(clips / 2);
        assertThat(scores.at("/confusion"))
                .hasSize(TAUGHT.size())
                .allSatisfy(row -> assertThat(row).hasSize(TAUGHT.size()));
    }

    @Test
    void shouldTrainTheReferenceRecipeFromATable() throws IOException {
        Path table = Files.write(folder.resolve("features.csv"), table());
        Path report = folder.resolve("report");
        run(
                "train",
                "--recipe",
                "reference",
                "--features",
                table.toString(),
                "--out",
                folder.resolve("models").toString(),
                "--bundle-version",
                "2.1.0",
                "--report",
                report.toString(),
                "--work",
                folder.resolve("work").toString(),
                "--threads",
                "1");

        Path bundle = folder.resolve("models/reference/2.1.0");
        assertThat(run("bundle", "verify", bundle.toString()).exitCode()).isZero();
        assertThat(json(bundle.resolve("bundle.json")).at("/voters")).hasSize(6);
        JsonNode json = json(report.resolve("report.json"));
        assertThat(json.at("/rowsBefore"))
                .hasSize(LABELS)
                .allSatisfy(rows -> assertThat(rows.asInt()).isEqualTo(10));
        assertThat(json.at("/epochs")).hasSize(5);
        assertThat(json.at("/xgboost/uar").asDouble()).isGreaterThan(0.5);
        assertThat(json.at("/votes/uar").asDouble()).isBetween(0.0, 1.0);
        assertThat(report.resolve("report.md")).content().contains("XGBoost", "0.892");
        assertThat(report.resolve("accuracy.png")).isNotEmptyFile();
    }

    /** Ten rows of each label, which tell themselves apart by their level. */
    private static List<String> table() {
        String header =
                "label," + IntStream.range(0, 40).mapToObj(i -> "mfcc" + i).collect(Collectors.joining(","));
        return IntStream.rangeClosed(0, LABELS * 10)
                .mapToObj(row -> row == 0
                        ? header
                        : (row - 1) % LABELS + ","
                                + IntStream.range(0, 40)
                                        .mapToObj(
                                                i -> Integer.toString((row - 1) % LABELS * 5 + (row * 13 + i * 7) % 5))
                                        .collect(Collectors.joining(",")))
                .toList();
    }

    @Test
    void shouldSayWhatIsMissing() {
        CommandRunner runner = new CommandRunner().home(folder);
        CommandRunner.Result nothing = runner.run("evaluate", "--bundle", "telephone", "--report", "r");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("--corpus or --calls", "--ordinary or --not-speech");
        CommandRunner.Result staged =
                runner.run("evaluate", "--bundle", "telephone", "--calls", "c", "--staged-calls", "--report", "r");
        assertThat(staged.exitCode()).isEqualTo(2);
        assertThat(staged.err()).contains("--staged-calls must go with --corpus");
        CommandRunner.Result priors =
                runner.run("evaluate", "--bundle", "telephone", "--corpus", "c", "--priors", "mine", "--report", "r");
        assertThat(priors.exitCode()).isEqualTo(2);
        assertThat(priors.err()).contains("--priors", "SERVED, LEARNED", "mine");
        CommandRunner.Result reference = runner.run(
                "train", "--recipe", "reference", "--features", "f", "--out", "m", "--persistence", "4,0.5,1");
        assertThat(reference.exitCode()).isEqualTo(2);
        assertThat(reference.err()).contains("how long emotions last", "recipe=reference");
        CommandRunner.Result temperature =
                runner.run("train", "--recipe", "telephone", "--corpus", "c", "--out", "m", "--temperature", "50");
        assertThat(temperature.exitCode()).isEqualTo(2);
        assertThat(temperature.err()).contains("must be 0.05 to 20: temperature=50");
        CommandRunner.Result condition =
                runner.run("train", "--recipe", "telephone", "--corpus", "c", "--report", "r", "--conditions", "rain");
        assertThat(condition.exitCode()).isEqualTo(2);
        assertThat(condition.err()).contains("rain");
        CommandRunner.Result nowhere = runner.run("train", "--recipe", "telephone", "--corpus", "c");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("output folder");
        CommandRunner.Result persistence =
                runner.run("train", "--recipe", "telephone", "--corpus", "c", "--report", "r", "--persistence", "long");
        assertThat(persistence.exitCode()).isEqualTo(2);
        assertThat(persistence.err()).contains("SECONDS,EVIDENCE,TEMPERATURE", "persistence=long");
    }
}
