package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.AudioFolder;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.report.FoldScores;
import io.undertone.vote.LabelShift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two corpora, of three speakers and of two, and voters that know nothing: what counts is who is held out when. */
class FoldRunTest {
    @TempDir
    Path folder;

    private final IgnorantRecipe recipe = new IgnorantRecipe();
    private Corpus three = new Corpus("three", List.of());
    private Corpus two = new Corpus("two", List.of());
    private Beside beside = Beside.NOTHING;

    @BeforeEach
    void makeCorpora() throws IOException {
        three = Corpus.open(MadeUpVoices.corpus(folder.resolve("three"), 3));
        two = Corpus.open(MadeUpVoices.corpus(folder.resolve("two"), 2));
    }

    @Test
    void shouldHoldOutOneFoldOfEveryMeasuredCorpusATraining() throws IOException {
        FoldMeasures outcome = run(Integer.MAX_VALUE, three, two).orElseThrow();
        assertThat(recipe.speakers)
                .containsExactly(
                        "three/speaker-1 three/speaker-2 two/speaker-1",
                        "three/speaker-0 three/speaker-2 two/speaker-0",
                        "three/speaker-0 three/speaker-1 two/speaker-0 two/speaker-1");
        assertThat(outcome.scores()).containsOnlyKeys("three", "two");
        assertThat(clipsByFold(outcome, "three")).containsExactly(6, 6, 6);
        assertThat(clipsByFold(outcome, "two")).containsExactly(6, 6);
        assertThat(outcome.heldOut()).hasSize(30);
    }

    @Test
    void shouldLeaveOutSeveralFoldsOfACorpusThatHasMoreThanThereAreTrainings() throws IOException {
        three = Corpus.open(MadeUpVoices.corpus(folder.resolve("ten"), 10, 1)); // five folds of two speakers
        two = Corpus.open(MadeUpVoices.corpus(folder.resolve("seven"), 7, 1)); // a fold each

        FoldMeasures outcome = run(Integer.MAX_VALUE, three, two).orElseThrow();

        assertThat(recipe.speakers).hasSize(5);
        assertThat(recipe.speakers.get(1))
                .doesNotContain("seven/speaker-1", "seven/speaker-6")
                .contains("seven/speaker-2");
        assertThat(recipe.speakers.get(4)).doesNotContain("seven/speaker-4").contains("seven/speaker-6");
        assertThat(outcome.scores().get("ten").get(Condition.TELEPHONE).folds()).hasSize(5);
        assertThat(clipsByFold(outcome, "seven")).containsExactly(2, 2, 2, 2, 2, 2, 2);
        assertThat(outcome.heldOut()).hasSize(34);
    }

    @Test
    void shouldFitToCorporaThatAreNotMeasuredWhole() throws IOException {
        FoldMeasures outcome = run(Integer.MAX_VALUE, three).orElseThrow();
        assertThat(recipe.speakers).hasSize(3).allMatch(s -> s.contains("two/speaker-0 two/speaker-1"));
        assertThat(outcome.scores()).containsOnlyKeys("three");
    }

    @Test
    void shouldReadBackTheFoldsThatWereDoneBeforeAKill() throws IOException {
        assertThat(run(2, three, two)).isEmpty();
        assertThat(recipe.speakers).hasSize(2);
        FoldMeasures resumed = run(Integer.MAX_VALUE, three, two).orElseThrow();
        assertThat(recipe.speakers).hasSize(3); // the third fold alone is fitted
        try (Stream<Path> work = Files.walk(folder.resolve("work"))) {
            assertThat(work.filter(Files::isRegularFile)).hasSize(3);
        }
        deleteOpinions();
        FoldMeasures unbroken = run(Integer.MAX_VALUE, three, two).orElseThrow();
        assertThat(opinions(resumed)).isEqualTo(opinions(unbroken));
        assertThat(resumed.windows().figures("held out", LabelMaps.LABELS, LabelShift.NONE, 1.5))
                .isPresent()
                .isEqualTo(unbroken.windows().figures("held out", LabelMaps.LABELS, LabelShift.NONE, 1.5));
    }

    @Test
    void shouldMeasureAgainWhatWasMeasuredByOtherChoicesOrIsDamaged() throws IOException {
        run(Integer.MAX_VALUE, three, two);
        recipe.choices = "others";
        run(Integer.MAX_VALUE, three, two);
        assertThat(recipe.speakers).hasSize(6);
        Path file = folder.resolve("work/fold-2/opinions.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        run(Integer.MAX_VALUE, three, two);
        assertThat(recipe.speakers).hasSize(7);
    }

    @Test
    void shouldHearOrdinarySpeechOfThoseAloneThatATrainingHeldOut() throws IOException {
        Corpus talk = MadeUpVoices.neutral(folder.resolve("talk"), 2);
        Corpus outside = MadeUpVoices.neutral(folder.resolve("outside"), 3);
        two = talk; // fitted to, but not measured
        beside = new Beside(List.of(talk, outside), List.of(), List.of());

        FoldMeasures outcome = run(Integer.MAX_VALUE, three).orElseThrow();

        assertThat(recipe.speakers)
                .containsExactly(
                        "talk/speaker-1 three/speaker-1 three/speaker-2",
                        "talk/speaker-0 three/speaker-0 three/speaker-2",
                        "talk/speaker-0 talk/speaker-1 three/speaker-0 three/speaker-1");
        assertThat(outcome.ordinary())
                .extracting(call -> call.call().kind() + "/" + call.call().source())
                .containsExactly(
                        "outside/speaker-0",
                        "talk/speaker-0",
                        "outside/speaker-1",
                        "talk/speaker-1",
                        "outside/speaker-2");
        assertThat(outcome.ordinary())
                .allSatisfy(call -> assertThat(call.served().windows()).isNotEmpty());
        assertThat(outcome.heldOut()).hasSize(18); // of the corpus that is measured
        assertThat(outcome.scores()).containsOnlyKeys("three");
    }

    @Test
    void shouldShareOutWhatIsNeverTrainedOnAndReadItBack() throws IOException {
        Corpus never = Corpus.open(MadeUpVoices.corpus(folder.resolve("never"), 2));
        Corpus music = AudioFolder.all(MadeUpVoices.tone(folder.resolve("music"), 5));
        beside = new Beside(List.of(), List.of(music), List.of(never));

        FoldMeasures first = run(Integer.MAX_VALUE, three).orElseThrow();
        FoldMeasures again = run(Integer.MAX_VALUE, three).orElseThrow();

        assertThat(recipe.speakers).hasSize(3).noneMatch(speakers -> speakers.contains("never"));
        assertThat(first.heldOut()).hasSize(18);
        FoldScores scores = first.neverTrainedOn().get("never").get(Condition.TELEPHONE);
        assertThat(scores.folds()).hasSize(2); // its two speakers, a training each
        assertThat(scores.pooled().all().confusion().total()).isEqualTo(12);
        assertThat(first.notSpeech()).hasSize(1);
        assertThat(again.notSpeech().get(0).call().durationMs())
                .isEqualTo(first.notSpeech().get(0).call().durationMs())
                .isEqualTo(5_000);
        assertThat(again.notSpeech().get(0).served())
                .isEqualTo(first.notSpeech().get(0).served());
        beside = Beside.NOTHING;
        run(Integer.MAX_VALUE, three);
        assertThat(recipe.speakers).hasSize(5); // other questions, but for the third, which had none beside its fold
    }

    private Optional<FoldMeasures> run(int fits, Corpus... measured) throws IOException {
        recipe.fitsLeft = fits;
        List<Clip> clips =
                Stream.of(three, two).flatMap(c -> c.clips().stream()).toList();
        RunSettings settings = new RunSettings(1, 1, folder.resolve("work"), TrainingProgress.SILENT, () -> false);
        return new FoldRun(
                        recipe,
                        recipe.prepare(clips, settings, i -> {}),
                        List.of(Condition.TELEPHONE),
                        settings,
                        beside)
                .run(List.of(measured), clips);
    }

    private void deleteOpinions() throws IOException {
        try (Stream<Path> work = Files.walk(folder.resolve("work"))) {
            for (Path file : work.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Integer> clipsByFold(FoldMeasures outcome, String corpus) {
        FoldScores scores = outcome.scores().get(corpus).get(Condition.TELEPHONE);
        return scores.folds().stream().map(f -> f.all().confusion().total()).toList();
    }

    private static Map<String, Float> opinions(FoldMeasures outcome) {
        return outcome.heldOut().stream()
                .collect(Collectors.toMap(o -> o.clip().key(), o -> o.probability(0, o.label())));
    }
}
