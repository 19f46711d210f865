package io.undertone.training.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.training.corpus.Clip;
import io.undertone.training.score.ClipOpinion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContrastFitTest {
    private static final int LABELS = 3;

    @Test
    void shouldFindWhatContrastSaysBesideTheVoters() {
        double[][] weights = ContrastFit.fit(clips("one", 400, 1), LABELS);

        // Label 1 is louder in the first number, label 2 lower in the second; the third says nothing.
        assertThat(weights[1][0]).isGreaterThan(weights[0][0] + 1);
        assertThat(weights[2][1]).isLessThan(weights[0][1] - 1);
        for (double[] ofLabel : weights) {
            assertThat(ofLabel[2]).isCloseTo(0, within(0.3));
        }
    }

    @Test
    void shouldBeWhereTheLossIsFlat() {
        List<ContrastClip> clips = clips("one", 60, 2);
        double[][] weights = ContrastFit.fit(clips, LABELS);

        double least = loss(clips, weights);
        for (int label = 0; label < LABELS; label++) {
            for (int i = 0; i < 3; i++) {
                for (double step : new double[] {-0.01, 0.01}) {
                    weights[label][i] += step;
                    assertThat(loss(clips, weights)).isGreaterThan(least);
                    weights[label][i] -= step;
                }
            }
        }
    }

    @Test
    void shouldCountEachCorpusTheSame() {
        List<ContrastClip> one = clips("one", 30, 3);
        List<ContrastClip> other = clips("other", 60, 4);
        List<ContrastClip> both = new ArrayList<>(one);
        both.addAll(other);
        List<ContrastClip> oftener = new ArrayList<>(both);
        oftener.addAll(one);

        double[][] first = ContrastFit.fit(both, LABELS);
        double[][] second = ContrastFit.fit(oftener, LABELS);

        for (int label = 0; label < LABELS; label++) {
            assertThat(second[label]).containsExactly(first[label], within(1e-9));
        }
    }

    @Test
    void shouldShiftAClipAsItsLogarithmsAre() {
        ContrastClip clip = new ContrastClip(opinion("one", 1, 0.5f, 0.25f, 0.25f), new double[] {1, 2, 0});

        ClipOpinion shifted = clip.shifted(new double[][] {{0, 0, 5}, {Math.log(2), 0, 0}, {0, Math.log(2), 0}});

        // 0.5, 0.25 x 2 and 0.25 x 4, of 2 in all.
        assertThat(shifted.probability(0, 0)).isCloseTo(0.25f, within(1e-6f));
        assertThat(shifted.probability(0, 1)).isCloseTo(0.25f, within(1e-6f));
        assertThat(shifted.probability(0, 2)).isCloseTo(0.5f, within(1e-6f));
    }

    private static double loss(List<ContrastClip> clips, double[][] weights) {
        double loss = 0;
        for (ContrastClip clip : clips) {
            loss -= Math.log(clip.shifted(weights).mean()[clip.opinion().label()]) / clips.size();
        }
        for (double[] ofLabel : weights) {
            for (double weight : ofLabel) {
                loss += ContrastFit.RIDGE * weight * weight;
            }
        }
        return loss;
    }

    private static List<ContrastClip> clips(String corpus, int count, int seed) {
        Random random = new Random(seed);
        List<ContrastClip> clips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % LABELS;
            double[] contrast = {
                (label == 1 ? 1 : 0) + random.nextGaussian() / 2,
                (label == 2 ? -1 : 0) + random.nextGaussian() / 2,
                random.nextGaussian()
            };
            clips.add(new ContrastClip(opinion(corpus, label, 0.4f, 0.3f, 0.3f), contrast));
        }
        return clips;
    }

    private static ClipOpinion opinion(String corpus, int label, float... probabilities) {
        return ClipOpinion.of(
                new Clip(corpus, Path.of("clip.wav"), "ann", "label-" + label), label, new float[][] {probabilities});
    }
}
