package io.undertone.training.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RangeClipsTest {
    private static Corpus corpus(String name, int firstSpeaker, int speakers) {
        List<Clip> clips = new ArrayList<>();
        for (int speaker = firstSpeaker; speaker < firstSpeaker + speakers; speaker++) {
            for (int take = 0; take < 10; take++) {
                clips.add(new Clip(
                        name, Path.of(speaker + "-" + take + ".wav"), "s" + speaker, take % 2 == 0 ? "sad" : "angry"));
            }
        }
        return new Corpus(name, clips);
    }

    private static Set<String> speakers(List<Clip> clips) {
        return clips.stream().map(Clip::speakerKey).collect(Collectors.toSet());
    }

    @Test
    void shouldHoldOutEverySecondSpeaker() {
        RangeClips clips = RangeClips.halves(List.of(corpus("a", 0, 4), corpus("b", 0, 2)), 15);

        assertThat(speakers(clips.learned())).containsExactlyInAnyOrder("a/s0", "a/s2", "b/s0");
        assertThat(speakers(clips.heldOut())).containsExactlyInAnyOrder("a/s1", "a/s3", "b/s1");
        assertThat(clips.learned()).hasSize(15 + 10);
        assertThat(clips.heldOut()).hasSize(20 + 10);
    }

    @Test
    void shouldTakeTheSameClipsInAnyOrder() {
        Corpus corpus = corpus("a", 0, 4);
        List<Clip> turned = new ArrayList<>(corpus.clips());
        Collections.reverse(turned);

        List<Clip> learned = RangeClips.halves(List.of(corpus), 7).learned();

        assertThat(RangeClips.halves(List.of(new Corpus("a", turned)), 7).learned())
                .isEqualTo(learned)
                .hasSize(7);
        assertThat(learned).as("not the first ones").isNotEqualTo(corpus.clips().subList(0, 7));
    }

    @Test
    void shouldLearnFromNobodyWhoIsMeasured() {
        RangeClips clips =
                RangeClips.measuredOn(List.of(corpus("a", 2, 2)), List.of(corpus("a", 0, 4), corpus("b", 2, 1)), 100);

        assertThat(speakers(clips.learned())).containsExactlyInAnyOrder("a/s0", "a/s1", "b/s2");
        assertThat(clips.heldOut()).hasSize(20);
    }

    @Test
    void shouldNeedTwoSpeakers() {
        assertThatThrownBy(() -> RangeClips.halves(List.of(corpus("a", 0, 1)), 5))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("two speakers or more");
    }
}
