package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.undertone.training.corpus.Clip;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoteScoresTest {
    private static final List<String> LABELS = List.of("calm", "angry");
    private static final List<String> VOTERS = List.of("cnn-1", "cnn-2", "xgboost");

    /** Two networks that err on different clips, and trees that are always right: together they are right more often than alone. */
    private static final List<ClipOpinion> CLIPS = List.of(
            clip(0, 0.9f, 0.4f, 0.9f), clip(0, 0.4f, 0.9f, 0.9f), clip(1, 0.1f, 0.2f, 0.2f), clip(1, 0.6f, 0.3f, 0.1f));

    /** @param calm what each voter gives the first label */
    private static ClipOpinion clip(int label, float... calm) {
        float[][] rows = new float[calm.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {calm[i], 1 - calm[i]};
        }
        return ClipOpinion.of(new Clip("made-up", Path.of("clip.wav"), "ann", LABELS.get(label)), label, rows);
    }

    private static VoteScores scores(List<ClipOpinion> clips) {
        return VoteScores.of(clips, VOTERS, 2, LABELS, 1);
    }

    @Test
    void shouldScoreEachVoterTheNetworksAndAll() {
        VoteScores scores = scores(CLIPS);

        assertThat(scores.voters().keySet()).containsExactlyElementsOf(VOTERS);
        assertThat(scores.voters().get("cnn-1").confusion().uar()).isEqualTo(0.5, within(1e-9));
        assertThat(scores.voters().get("cnn-2").confusion().uar()).isEqualTo(0.75, within(1e-9));
        assertThat(scores.voters().get("xgboost").confusion().uar()).isEqualTo(1, within(1e-9));
        assertThat(scores.meanVoterUar()).isEqualTo(0.75, within(1e-9));
        assertThat(scores.all().confusion().uar()).isEqualTo(1, within(1e-9));
        assertThat(scores.networks().confusion().total()).isEqualTo(4);
    }

    @Test
    void shouldCountAClipWithoutSpeechAsWrongForEveryVoter() {
        ClipOpinion unheard =
                ClipOpinion.of(new Clip("made-up", Path.of("silence.wav"), "ann", "angry"), 1, new float[0][]);

        VoteScores scores = scores(List.of(CLIPS.get(0), CLIPS.get(2), unheard));

        assertThat(scores.all().confusion().unheard()).isEqualTo(1);
        assertThat(scores.all().confusion().uar()).isEqualTo(0.75, within(1e-9));
        assertThat(scores.voters().values())
                .allSatisfy(tally -> assertThat(tally.confusion().unheard()).isEqualTo(1));
    }

    @Test
    void shouldAddUpFolds() {
        VoteScores folds = scores(CLIPS.subList(0, 1)).empty();
        folds.add(scores(CLIPS.subList(0, 2)));
        folds.add(scores(CLIPS.subList(2, 4)));
        VoteScores together = scores(CLIPS);

        assertThat(folds.all().confusion().uar())
                .isEqualTo(together.all().confusion().uar());
        assertThat(folds.meanVoterUar()).isEqualTo(together.meanVoterUar());
        assertThat(folds.networks().confusion().total()).isEqualTo(4);
    }

    @Test
    void shouldRefuseScoresOfOtherVoters() {
        VoteScores scores = scores(CLIPS);
        VoteScores others = VoteScores.of(List.of(), List.of("cnn-1", "another"), 1, LABELS, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores.add(others))
                .withMessageContaining("voters must be the same");
    }
}
