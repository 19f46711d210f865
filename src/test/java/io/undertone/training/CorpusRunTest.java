package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bundle.Bundle;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.network.EpochScore;
import io.undertone.training.network.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that is measured beside the folds, by voters that know nothing, from folders to report, bundle and card. */
class CorpusRunTest {
    @TempDir
    Path folder;

    private final IgnorantRecipe recipe = new IgnorantRecipe();
    private final Told told = new Told();

    /** Counts trainings, as whoever says the time left must. */
    private static final class Told implements TrainingProgress {
        private int trainings;
        private int ended;

        @Override
        public void epoch(int member, EpochScore score, int epochs) {
            throw new AssertionError("voters that know nothing have no epochs");
        }

        @Override
        public void trainings(int count) {
            trainings = count;
        }

        @Override
        public void ends() {
            ended++;
        }
    }

    @BeforeEach
    void makeFolders() throws IOException {
        MadeUpVoices.corpus(folder.resolve("one"), 2);
        MadeUpVoices.corpus(folder.resolve("two"), 2);
        MadeUpVoices.neutral(folder.resolve("talk"), 2);
        MadeUpVoices.neutral(folder.resolve("outside"), 2);
        MadeUpVoices.corpus(folder.resolve("never"), 2);
        MadeUpVoices.tone(folder.resolve("music"), 5);
    }

    @Test
    void shouldReportWhatWasMeasuredBesideTheFolds() throws IOException {
        Path bundle = run(
                        List.of("one", "two", "talk"),
                        new TrainRun.Extras(folders("outside"), folders("music"), folders("never"), List.of()))
                .orElseThrow();

        assertThat(recipe.speakers).hasSize(5); // two folds, without one, without two, all
        assertThat(told.trainings).isEqualTo(5);
        assertThat(told.ended).isEqualTo(4); // the run ends with the last
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
        assertThat(report.at("/corpora/talk/telephone/clips").asInt()).isEqualTo(12);
        assertThat(report.at("/corpora/one/telephone/fourClasses/uar").isNumber())
                .isTrue();
        assertThat(report.at("/corpora/one/telephone/anger/recallAtOneFalseAlarmAnHour")
                        .isNumber())
                .isTrue();
        assertThat(report.at("/ordinary")).hasSize(2);
        assertThat(report.at("/ordinary/talk/calls").asInt()).isEqualTo(2);
        assertThat(report.at("/ordinary/outside/windows").asInt()).isPositive();
        assertThat(report.at("/notSpeech/music/windows").asInt()).isEqualTo(3);
        assertThat(report.at("/neverTrainedOn/never/telephone/clips").asInt()).isEqualTo(12);
        assertThat(report.at("/crossCorpus")).hasSize(2); // ordinary speech is not left out unless it is named
        JsonNode without = report.at("/crossCorpus/one");
        assertThat(without.at("/labelsInCommon/0").asText()).isEqualTo("sad");
        assertThat(without.at("/conditions/telephone/clips").asInt()).isEqualTo(12);
        assertThat(without.at("/conditions/telephone/sentiment/clips").asInt()).isEqualTo(12);
        assertThat(without.at("/conditions/telephone/anger/threshold").isNumber())
                .isTrue();
        assertThat(without.at("/ordinary/talk/calls").asInt()).isEqualTo(1);
        assertThat(without.at("/ordinary/outside/calls").asInt()).isEqualTo(2);
        for (Path page : List.of(folder.resolve("report/report.md"), bundle.resolve("MODEL_CARD.md"))) {
            assertThat(page)
                    .content()
                    .contains(
                            "Ordinary speech", "Not speech", "Without two", "never, never trained on", "cross-corpus");
        }
        assertThat(bundle.resolve("MODEL_CARD.md"))
                .content()
                .contains("--ordinary outside --not-speech music --measure never --cross-corpus --seed 1");
        assertThat(Bundle.open(bundle)
                        .content()
                        .scores()
                        .at("/ordinary/talk/neutralOrCalm")
                        .isNumber())
                .isTrue();
    }

    @Test
    void shouldLeaveOutTheCorporaThatAreNamed() throws IOException {
        run(List.of("one", "two", "talk"), new TrainRun.Extras(List.of(), List.of(), List.of(), List.of("talk")));
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
        assertThat(report.at("/crossCorpus/talk/ordinary/talk/calls").asInt()).isEqualTo(2);
        assertThat(report.at("/crossCorpus")).hasSize(1);
    }

    @Test
    void shouldTakeItsCalibrationFromAnEarlierReport() throws IOException {
        Bundle first =
                Bundle.open(run(List.of("one", "talk"), TrainRun.Extras.NONE).orElseThrow());

        Path folderOfBundle = run(List.of("one", "two", "talk"), TrainRun.Extras.NONE, null, folder.resolve("report"))
                .orElseThrow();

        Bundle bundle = Bundle.open(folderOfBundle);
        assertThat(bundle.content().temperature()).isEqualTo(first.content().temperature());
        assertThat(bundle.content().persistence()).isEqualTo(first.content().persistence());
        assertThat(bundle.content().scores().at("/corpora/one/telephone/clips").asInt())
                .isEqualTo(12);
        assertThat(folderOfBundle.resolve("MODEL_CARD.md"))
                .content()
                .contains("--corpus two", "--calibration report", "an earlier run of the same recipe");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> run(List.of("one"), extras(List.of(), List.of("two"))))
                .hasMessageContaining("cross-corpus=[two], corpora=[one]");
        assertThatThrownBy(() -> run(List.of("one", "two"), extras(folders("two"), null)))
                .hasMessageContaining("measure=two");
        assertThatThrownBy(() -> run(List.of("talk"), TrainRun.Extras.NONE))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("At least one corpus must hold several emotions");
    }

    private static TrainRun.Extras extras(List<Path> measureOnly, @Nullable List<String> crossCorpus) {
        return new TrainRun.Extras(List.of(), List.of(), measureOnly, crossCorpus);
    }

    private Optional<Path> run(List<String> corpora, TrainRun.Extras extras) throws IOException {
        return run(corpora, extras, folder.resolve("report"), null);
    }

    private Optional<Path> run(
            List<String> corpora, TrainRun.Extras extras, @Nullable Path report, @Nullable Path calibration)
            throws IOException {
        TrainRun.Options options = new TrainRun.Options(
                recipe.name(),
                null,
                folders(corpora.toArray(String[]::new)),
                folder.resolve("models"),
                null,
                "1.0.0",
                report,
                null,
                calibration,
                null,
                null,
                List.of(),
                null,
                List.of(Condition.TELEPHONE),
                extras,
                List.of(),
                folder.resolve("work"),
                1,
                1,
                LocalDate.of(2026, 11, 22));
        return new CorpusRun(recipe, options, told, i -> {}, () -> false).run();
    }

    private List<Path> folders(String... names) {
        return List.of(names).stream().map(folder::resolve).toList();
    }
}
