package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.report.CrossCorpusScores;
import io.undertone.training.score.WindowFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two corpora of sad and angry voices, one of voices that merely talk, and voters that know nothing: what counts is who is fitted to. */
class CrossCorpusRunTest {
    @TempDir
    Path folder;

    private final IgnorantRecipe recipe = new IgnorantRecipe();
    private Corpus one = new Corpus("one", List.of());
    private Corpus two = new Corpus("two", List.of());
    private Corpus talk = new Corpus("talk", List.of());

    @BeforeEach
    void makeCorpora() throws IOException {
        one = Corpus.open(MadeUpVoices.corpus(folder.resolve("one"), 2));
        two = Corpus.open(MadeUpVoices.corpus(folder.resolve("two"), 2));
        talk = MadeUpVoices.neutral(folder.resolve("talk"), 3);
    }

    @Test
    void shouldFitToAllOthersAndMeasureOnAllOfACorpus() throws IOException {
        Map<String, CrossCorpusScores> scores = run(Integer.MAX_VALUE, one, two).orElseThrow();

        assertThat(recipe.speakers)
                .containsExactly(
                        "talk/speaker-1 talk/speaker-2 two/speaker-0 two/speaker-1",
                        "one/speaker-0 one/speaker-1 talk/speaker-1 talk/speaker-2");
        assertThat(scores).containsOnlyKeys("one", "two");
        CrossCorpusScores left = scores.get("one");
        assertThat(left.inCommon().get(Condition.TELEPHONE).all().confusion().total())
                .isEqualTo(12);
        assertThat(left.ordinary()).hasSize(1);
        assertThat(left.ordinary().get(0).call().source()).isEqualTo("speaker-0");
    }

    @Test
    void shouldLeaveOutLabelsThatTheOthersLackButForCoarserQuestions() throws IOException {
        two = two.withLabels(List.of("sad"));

        CrossCorpusScores scores = run(Integer.MAX_VALUE, one).orElseThrow().get("one");

        assertThat(scores.inCommon().get(Condition.TELEPHONE).all().confusion().total())
                .isEqualTo(6);
        assertThat(scores.all().get(Condition.TELEPHONE).verdicts().angry()).isEqualTo(6);
    }

    @Test
    void shouldHearAllOfOrdinarySpeechThatIsLeftOut() throws IOException {
        CrossCorpusScores scores = run(Integer.MAX_VALUE, talk).orElseThrow().get("talk");

        assertThat(recipe.speakers).containsExactly("one/speaker-0 one/speaker-1 two/speaker-0 two/speaker-1");
        assertThat(scores.ordinary()).hasSize(3);
        assertThat(scores.temperature()).isEqualTo(1.5); // nothing else was left out to fit one on
    }

    @Test
    void shouldReadBackWhatWasDoneBeforeAKill() throws IOException {
        assertThat(run(1, one, two)).isEmpty();
        Map<String, CrossCorpusScores> resumed =
                run(Integer.MAX_VALUE, one, two).orElseThrow();
        assertThat(recipe.speakers).hasSize(2);
        assertThat(folder.resolve("work/without-one/opinions.bin")).isRegularFile();
        Files.delete(folder.resolve("work/without-one/opinions.bin"));
        Map<String, CrossCorpusScores> again = run(Integer.MAX_VALUE, one, two).orElseThrow();
        assertThat(recipe.speakers).hasSize(3);
        assertThat(again.get("one").ordinary().get(0).served())
                .isEqualTo(resumed.get("one").ordinary().get(0).served());
        assertThat(again.get("two").temperature()).isEqualTo(resumed.get("two").temperature());
    }

    private Optional<Map<String, CrossCorpusScores>> run(int fits, Corpus... leftOut) throws IOException {
        recipe.fitsLeft = fits;
        List<Clip> clips =
                Stream.of(one, two, talk).flatMap(c -> c.clips().stream()).toList();
        RunSettings settings = new RunSettings(1, 1, folder.resolve("work"), TrainingProgress.SILENT, () -> false);
        FoldMeasures folds = new FoldMeasures(
                Map.of(),
                List.of(),
                1.5,
                new WindowFigures(),
                Priors.NONE,
                Map.of(),
                Persistence.NONE,
                Map.of(),
                List.of(),
                List.of());
        return new CrossCorpusRun(
                        recipe,
                        recipe.prepare(clips, settings, i -> {}),
                        List.of(Condition.TELEPHONE),
                        settings,
                        new Beside(List.of(talk), List.of(), List.of()))
                .run(List.of(leftOut), clips, folds);
    }
}
