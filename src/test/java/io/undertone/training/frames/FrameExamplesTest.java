package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.undertone.bundle.SpeechPicture;
import io.undertone.features.FrontEnd;
import io.undertone.training.corpus.Clip;
import io.undertone.training.network.Batch;
import io.undertone.training.network.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameExamplesTest {
    private static final int BANDS = TelephoneRecipe.SPEC.melBands();
    private static final int STEPS = 200;
    private static final SpeechPicture PICTURE = new SpeechPicture(STEPS, 12, -3, 3);
    private static final Varying PLAIN = new Varying(1, Math.nextUp(1.0), 0, 0, 0, 0, 0.1);
    private static final Varying VARIED = new Varying(0.8, 1.2, 2, 5, 4, 0.2, 0.1);

    @Test
    void repeatsTheRowsUntilThePictureIsFull() {
        List<TrainingClip> clips = clips(4);
        Batch batch = firstBatch(examples(clips, List.of(), PLAIN), 7);
        assertThat(batch.size()).isEqualTo(4);
        assertThat(batch.inputSize()).isEqualTo(STEPS * BANDS);
        for (int i = 0; i < 4; i++) {
            WindowCopy copy = clips.get(label(batch, i)).copies().get(0);
            for (int step = 0; step < STEPS; step++) {
                for (int band = 0; band < BANDS; band++) {
                    assertThat(batch.inputs()[(i * STEPS + step) * BANDS + band])
                            .isCloseTo(copy.get(step % copy.rows() * BANDS + band), offset(1e-4f));
                }
            }
        }
    }

    @Test
    void aPassIsFixedByItsSeed() {
        List<TrainingClip> clips = clips(4);
        Batch first = firstBatch(examples(clips, clips, VARIED), 3);
        Batch again = firstBatch(examples(clips, clips, VARIED), 3);
        assertThat(again.inputs()).isEqualTo(first.inputs());
        assertThat(again.targets()).isEqualTo(first.targets());
    }

    @Test
    void targetsAreSharesOfTheKnownLabels() {
        boolean[] all = new boolean[8];
        Arrays.fill(all, true);
        boolean[] four = {true, true, true, true, false, false, false, false};
        Examples examples = new FrameExamples(clips(2), all, clips(4), 2, four, PICTURE, BANDS, PLAIN, 4);
        Batch batch = firstBatch(examples, 1);
        int lacking = 0;
        for (int i = 0; i < 4; i++) {
            float sum = 0;
            boolean lacks = false;
            for (int k = 0; k < 8; k++) {
                float target = batch.targets()[i * 8 + k];
                sum += Math.max(0, target);
                lacks |= target == Batch.UNKNOWN;
            }
            assertThat(sum).isCloseTo(1, offset(1e-5f));
            lacking += lacks ? 1 : 0;
        }
        assertThat(lacking).isEqualTo(2);
    }

    @Test
    void hearsARareLabelOftener() {
        TrainingClip frequent = clips(1).get(0);
        TrainingClip rare = new TrainingClip(frequent.clip(), 5, frequent.copies());
        List<TrainingClip> clips = new ArrayList<>(Collections.nCopies(9, frequent));
        clips.addAll(Collections.nCopies(5, rare));
        Examples examples = examples(clips, List.of(), PLAIN);
        Examples.Pass pass = examples.pass(1);
        Batch batch = new Batch(4, examples.inputSize(), examples.labels());
        int[] heard = new int[8];
        while (pass.next(batch)) {
            for (int i = 0; i < batch.size(); i++) {
                heard[label(batch, i)]++;
            }
        }
        assertThat(heard).containsExactly(9, 0, 0, 0, 0, 7, 0, 0);
        assertThat(examples.size()).isEqualTo(16);
    }

    private static FrameExamples examples(List<TrainingClip> clips, List<TrainingClip> others, Varying varying) {
        boolean[] known = new boolean[8];
        Arrays.fill(known, true);
        return new FrameExamples(clips, known, others, 0, known, PICTURE, BANDS, varying, 4);
    }

    private static Batch firstBatch(Examples examples, long seed) {
        Batch batch = new Batch(4, examples.inputSize(), examples.labels());
        assertThat(examples.pass(seed).next(batch)).isTrue();
        return batch;
    }

    private static int label(Batch batch, int example) {
        int best = 0;
        for (int k = 1; k < batch.labels(); k++) {
            best = batch.targets()[example * batch.labels() + k] > batch.targets()[example * batch.labels() + best]
                    ? k
                    : best;
        }
        return best;
    }

    /** Clips of noise that comes and goes, each of a label of its own. */
    private static List<TrainingClip> clips(int count) {
        FrontEnd frontEnd = FrontEnd.withTract(TelephoneRecipe.SPEC, 1);
        List<TrainingClip> clips = new ArrayList<>();
        for (int label = 0; label < count; label++) {
            SplittableRandom random = new SplittableRandom(label);
            float[] samples = new float[24_000];
            for (int i = 0; i < samples.length; i++) {
                double loud = i / 4_000 % 2 == 0 ? 0.2 : 0.001;
                samples[i] = (float) (loud * random.nextGaussian());
            }
            WindowCopy copy =
                    WindowCopy.draw(HeardFrames.of(samples, frontEnd), frontEnd, TelephoneRecipe.PICTURE, random);
            clips.add(new TrainingClip(clip(label), label, List.of(copy)));
        }
        return clips;
    }

    private static Clip clip(int number) {
        return new Clip("test", Path.of(number + ".flac"), "speaker", "calm");
    }
}
