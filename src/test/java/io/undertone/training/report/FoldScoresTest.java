package io.undertone.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.training.corpus.Clip;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.VoteScores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldScoresTest {
    /** A fold that holds out one speaker of a corpus is measured by halves of its speakers: one is empty. */
    @Test
    void shouldLeaveOutFoldsWithoutClips() {
        Clip clip = new Clip("made-up", Path.of("clip.wav"), "ann", "angry");
        ClipOpinion right = ClipOpinion.of(clip, 1, new float[][] {{0.2f, 0.8f}});
        VoteScores some = VoteScores.of(List.of(right), List.of("cnn-1"), 1, List.of("calm", "angry"), 1);

        FoldScores scores = new FoldScores(List.of(some, some.empty()));

        assertThat(scores.uars(VoteScores::all)).containsExactly(1.0);
        assertThat(FoldScores.mean(scores.uars(VoteScores::all))).isEqualTo(1);
    }
}
