package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.InitialWeights;
import io.undertone.bundle.InputPreparation;
import io.undertone.bundle.ReferenceNetwork;
import io.undertone.bundle.TreeModel;
import io.undertone.bundle.Voter;
import io.undertone.features.FeatureSpec;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.TrainingProgress;
import io.undertone.training.report.FoldScores;
import io.undertone.training.table.FeatureTable;
import io.undertone.training.table.XgboostFit;
import io.undertone.vote.LabelShift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two corpora, of three speakers and of two, and voters that know nothing: what counts is who is held out when. */
class FoldRunTest {
    @TempDir
    Path folder;

    private final Ignorant recipe = new Ignorant();
    private Corpus three = new Corpus("three", List.of());
    private Corpus two = new Corpus("two", List.of());

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
        three = Corpus.open(MadeUpVoices.corpus(folder.resolve("ten"), 10)); // five folds of two speakers
        two = Corpus.open(MadeUpVoices.corpus(folder.resolve("seven"), 7)); // a fold each

        FoldMeasures outcome = run(Integer.MAX_VALUE, three, two).orElseThrow();

        assertThat(recipe.speakers).hasSize(5);
        assertThat(recipe.speakers.get(1))
                .doesNotContain("seven/speaker-1", "seven/speaker-6")
                .contains("seven/speaker-2");
        assertThat(recipe.speakers.get(4)).doesNotContain("seven/speaker-4").contains("seven/speaker-6");
        assertThat(outcome.scores().get("ten").get(Condition.TELEPHONE).folds()).hasSize(5);
        assertThat(clipsByFold(outcome, "seven")).containsExactly(6, 6, 6, 6, 6, 6, 6);
        assertThat(outcome.heldOut()).hasSize(102);
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

    private Optional<FoldMeasures> run(int fits, Corpus... measured) throws IOException {
        recipe.fitsLeft = fits;
        List<Clip> clips =
                Stream.of(three, two).flatMap(c -> c.clips().stream()).toList();
        RunSettings settings = new RunSettings(1, 1, folder.resolve("work"), TrainingProgress.SILENT, () -> false);
        return new FoldRun(recipe, recipe.prepare(clips, 1, 1, i -> {}), List.of(Condition.TELEPHONE), settings)
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

    /** Voters that have nothing to do with the clips; writes down whose clips it was given. */
    private static final class Ignorant implements Recipe {
        private final Recipe mean = new MeanRecipe();
        private final List<String> speakers = new ArrayList<>();
        private String choices = "none";
        private int fitsLeft;

        @Override
        public String name() {
            return "ignorant";
        }

        @Override
        public String bundleName() {
            return "ignorant";
        }

        @Override
        public FeatureSpec features() {
            return mean.features();
        }

        @Override
        public String description() {
            return "Knows nothing.";
        }

        @Override
        public String choices() {
            return choices;
        }

        @Override
        public Prepared prepare(List<Clip> clips, long seed, int threads, IntConsumer progress) {
            return (training, run) -> {
                if (fitsLeft-- == 0) {
                    return Optional.empty();
                }
                speakers.add(String.join(
                        " ",
                        new TreeSet<>(training.stream().map(Clip::speakerKey).toList())));
                return Optional.of(new Fitted(List.of(network(), trees()), List.of()));
            };
        }

        private static Voter network() {
            return new Voter.Network(
                    "cnn-1", new InputPreparation.AsIs(), InitialWeights.glorot(ReferenceNetwork.spec(8), 1));
        }

        private static Voter trees() {
            float[][] rows = new float[32][40];
            int[] labels = new int[32];
            for (int i = 0; i < rows.length; i++) {
                labels[i] = i % 8;
                rows[i][0] = labels[i];
            }
            byte[] trees = new XgboostFit(2, 3, 0, 0.3, 1, 1, 0, 1, 1).fit(new FeatureTable(rows, labels, 8), 1);
            return new Voter.Trees("xgboost", new InputPreparation.AsIs(), new TreeModel(trees));
        }
    }
}
