package io.undertone.training.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.undertone.features.FrontEnd;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.LabelMaps;
import io.undertone.training.network.Batch;
import io.undertone.training.network.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameExamplesTest {
    private static final int BANDS = PictureInput.BANDS_AND_PITCH.height();
    private static final int STEPS = 200;
    private static final Varying PLAIN = new Varying(1, Math.nextUp(1.0), 0, 0, 0, 0, 0.1);
    private static final Varying VARIED = new Varying(0.8, 1.2, 2, 5, 4, 0.2, 0.1);

    @Test
    void repeatsTheRowsUntilThePictureIsFull() {
        List<TrainingClip> clips = clips(4);
        Batch batch = firstBatch(examples(clips, 4, PLAIN), 7);
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
        Batch first = firstBatch(examples(clips, 8, VARIED), 3);
        Batch again = firstBatch(examples(clips, 8, VARIED), 3);
        assertThat(again.inputs()).isEqualTo(first.inputs());
        assertThat(again.targets()).isEqualTo(first.targets());
    }

    @Test
    void targetsAreSharesOfTheKnownLabels() {
        List<TrainingClip> clips = new ArrayList<>();
        for (TrainingClip clip : clips(8)) {
            clips.add(clip);
            if (clip.label() < 4) {
                Clip other = new Clip("four", clip.clip().file(), "speaker", "calm");
                clips.add(new TrainingClip(other, clip.label(), clip.copies()));
            }
        }
        Examples examples = examples(clips, 12, PLAIN);
        Batch batch = new Batch(12, examples.inputSize(), examples.labels());
        assertThat(examples.pass(1).next(batch)).isTrue();
        int lacking = 0;
        for (int i = 0; i < 12; i++) {
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
        assertThat(lacking).isEqualTo(4);
    }

    @Test
    void hearsARareLabelOftener() {
        TrainingClip frequent = clips(1).get(0);
        TrainingClip rare = new TrainingClip(frequent.clip(), 5, frequent.copies());
        List<TrainingClip> clips = new ArrayList<>(Collections.nCopies(9, frequent));
        clips.addAll(Collections.nCopies(5, rare));
        Examples examples = examples(clips, 16, PLAIN);
        Examples.Pass pass = examples.pass(1);
        Batch batch = new Batch(4, examples.inputSize(), examples.labels());
        int[] heard = new int[8];
        while (pass.next(batch)) {
            for (int i = 0; i < batch.size(); i++) {
                heard[label(batch, i)]++;
            }
        }
        // Of 16, 9 and 5 sqrt(9 / 5) are 9.2 and 6.8.
        assertThat(heard[0]).isBetween(9, 10);
        assertThat(heard[5]).isEqualTo(16 - heard[0]);
        assertThat(examples.size()).isEqualTo(16);
    }

    @Test
    void ordinarySpeechIsNoOtherLabelButPerhapsCalm() {
        TrainingClip plain = clips(1).get(0);
        KnownLabels known = KnownLabels.of(List.of(plain), LabelMaps.LABELS);
        assertThat(known.count(plain)).isEqualTo(7);
        assertThat(known.isKnown(plain, 1)).isFalse();
        assertThat(known.isKnown(plain, 4)).isTrue();
    }

    @Test
    void ordinarySpeechIsNoOtherLabelWhereThereIsNoCalm() {
        TrainingClip plain = clips(1).get(0);
        KnownLabels known = KnownLabels.of(List.of(plain), List.of("neutral", "happy", "angry"));
        assertThat(known.count(plain)).isEqualTo(3);
    }

    private static FrameExamples examples(List<TrainingClip> clips, int clipsPerPass, Varying varying) {
        int batch = Math.min(4, clipsPerPass);
        return new FrameExamples(
                clips,
                LabelMaps.LABELS,
                corpus -> 1,
                clipsPerPass,
                STEPS,
                BANDS,
                varying,
                clipsPerPass == 12 ? 12 : batch);
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
        FrontEnd frontEnd = FrontEnd.withTract(PictureInput.BANDS_AND_PITCH.spec(), 1);
        List<TrainingClip> clips = new ArrayList<>();
        for (int label = 0; label < count; label++) {
            SplittableRandom random = new SplittableRandom(label);
            float[] samples = new float[24_000];
            for (int i = 0; i < samples.length; i++) {
                double loud = i / 4_000 % 2 == 0 ? 0.2 : 0.001;
                samples[i] = (float) (loud * random.nextGaussian());
            }
            WindowCopy copy =
                    WindowCopy.draw(HeardFrames.of(samples, frontEnd), frontEnd, PictureInput.BANDS_AND_PITCH, random);
            clips.add(new TrainingClip(clip(label), label, List.of(copy)));
        }
        return clips;
    }

    private static Clip clip(int number) {
        return new Clip("test", Path.of(number + ".flac"), "speaker", "calm");
    }
}
