package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.training.corpus.Clip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PassPlanTest {
    @Test
    void shouldHearCorporaByTheirWeights() {
        List<TrainingClip> clips = new ArrayList<>(clips("a", 0, 100));
        clips.addAll(clips("b", 0, 100));
        PassPlan plan = new PassPlan(clips, corpus -> corpus.equals("a") ? 1 : 0.5, 60);
        for (int seed = 0; seed < 50; seed++) {
            int[] drawn = plan.draw(new SplittableRandom(seed));
            assertThat(Arrays.stream(drawn).filter(i -> i < 100).count()).isBetween(39L, 41L);
        }
    }

    @Test
    void shouldRepeatAClipOnlyWhenAllOfItsKindWereHeard() {
        PassPlan plan = new PassPlan(clips("a", 3, 10), corpus -> 1, 25);
        int[] heard = new int[10];
        for (int clip : plan.draw(new SplittableRandom(7))) {
            heard[clip]++;
        }
        assertThat(heard).satisfies(counts -> assertThat(counts).containsOnly(2, 3));
        assertThat(Arrays.stream(heard).sum()).isEqualTo(25);
    }

    @Test
    void shouldHearARareLabelOftenerButTwiceAtMost() {
        List<TrainingClip> clips = new ArrayList<>(clips("a", 0, 90));
        clips.addAll(clips("a", 1, 10));
        PassPlan plan = new PassPlan(clips, corpus -> 1, 110);
        long rare = Arrays.stream(plan.draw(new SplittableRandom(3)))
                .filter(i -> i >= 90)
                .count();
        assertThat(rare).isBetween(19L, 21L);
    }

    @Test
    void shouldDrawTheSameBySeed() {
        PassPlan plan = new PassPlan(clips("a", 0, 30), corpus -> 1, 20);
        assertThat(plan.draw(new SplittableRandom(5))).isEqualTo(plan.draw(new SplittableRandom(5)));
        assertThat(plan.draw(new SplittableRandom(5))).isNotEqualTo(plan.draw(new SplittableRandom(6)));
    }

    @Test
    void shouldHoldNothingOfNothing() {
        assertThat(new PassPlan(List.of(), corpus -> 1, 20).draw(new SplittableRandom(1)))
                .isEmpty();
    }

    private static List<TrainingClip> clips(String corpus, int label, int count) {
        List<TrainingClip> clips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clips.add(new TrainingClip(new Clip(corpus, Path.of(i + ".flac"), "s", "neutral"), label, List.of()));
        }
        return clips;
    }
}
