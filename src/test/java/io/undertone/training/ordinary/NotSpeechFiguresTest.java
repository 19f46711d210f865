package io.undertone.training.ordinary;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.training.ordinary.NotSpeechFigures.Counts;
import io.undertone.vote.Opinion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotSpeechFiguresTest {
    private static final List<String> LABELS = List.of("neutral", "fearful");

    @Test
    void shouldCountWhatBecameOfEachFilesWindows() {
        NotSpeechFigures music = NotSpeechFigures.byKind(List.of(
                        file("waltz.wav", 1, 0, 0.9f, 0.9f, 0.1f),
                        file("beep.wav", 2, 4),
                        file("hum.wav", 0, 0, 0.55f)))
                .get("music");

        assertThat(music.byFile())
                .containsExactly(
                        new NotSpeechFigures.FileCounts("beep.wav", new Counts(6, 0, 2, 4, 0)),
                        new NotSpeechFigures.FileCounts("hum.wav", new Counts(1, 1, 0, 0, 0)),
                        new NotSpeechFigures.FileCounts("waltz.wav", new Counts(4, 3, 1, 0, 2)));
        assertThat(music.all()).isEqualTo(new Counts(11, 4, 3, 4, 2));
        assertThat(music.labelled().value()).isEqualTo(4 / 11.0);
        assertThat(music.negative().value()).isEqualTo(2 / 4.0);
        assertThat(music.labelled().standardError()).isPositive();
    }

    private static JudgedCall file(String name, int silent, int notSpeech, float... fear) {
        List<CallOpinions.Said> said = new ArrayList<>();
        for (float probability : fear) {
            said.add(new CallOpinions.Said(3_000 + 1_000L * said.size(), -1, Opinion.of(new float[][] {
                {1 - probability, probability}
            })));
        }
        return JudgedCall.of(
                new HeardCall("music", name, 1, 10_000, silent, notSpeech, new CallOpinions(said)),
                LABELS,
                Persistence.NONE,
                1);
    }
}
