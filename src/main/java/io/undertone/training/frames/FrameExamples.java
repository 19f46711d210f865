package io.undertone.training.frames;

import io.undertone.training.network.Batch;
import io.undertone.training.network.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Training pictures {@code [steps][bands]}: in each pass the clips that a {@link PassPlan} draws, each as a random copy, warped, masked and
 * mixed. An incomplete last batch is dropped. Immutable, thread-safe.
 */
final class FrameExamples implements Examples {
    private final List<TrainingClip> clips;
    private final KnownLabels known;
    private final int labels;
    private final PassPlan plan;
    private final int steps;
    private final int bands;
    private final Varying varying;
    private final int batchSize;

    /**
     * @param clips to train on; those without copies are left out
     * @param labels in the order of the clips' label numbers
     * @param weight of a corpus' clips, by its name
     * @param clipsPerPass number of clips in a pass
     * @param steps time steps of a picture
     * @param bands values of each step: bands, and rows of pitch
     */
    FrameExamples(
            List<TrainingClip> clips,
            List<String> labels,
            ToDoubleFunction<String> weight,
            int clipsPerPass,
            int steps,
            int bands,
            Varying varying,
            int batchSize) {
        this.clips = clips.stream().filter(clip -> !clip.copies().isEmpty()).toList();
        this.known = KnownLabels.of(this.clips, labels);
        this.labels = labels.size();
        this.plan = new PassPlan(this.clips, weight, clipsPerPass);
        this.steps = steps;
        this.bands = bands;
        this.varying = varying;
        this.batchSize = batchSize;
    }

    @Override
    public int size() {
        return plan.size() / batchSize * batchSize;
    }

    @Override
    public int inputSize() {
        return steps * bands;
    }

    @Override
    public int labels() {
        return labels;
    }

    @Override
    public Pass pass(long seed) {
        return new OnePass(new SplittableRandom(seed));
    }

    private final class OnePass implements Pass {
        private final SplittableRandom random;
        private final int[] order;
        private float[] mixed = new float[0];
        private float[] mixedTargets = new float[0];
        private int at;

        OnePass(SplittableRandom random) {
            this.random = random;
            this.order = plan.draw(random);
        }

        @Override
        public boolean next(Batch batch) {
            if (at + batchSize > order.length) {
                batch.resize(0);
                return false;
            }
            batch.resize(batchSize);
            for (int i = 0; i < batchSize; i++) {
                TrainingClip clip = clips.get(order[at++]);
                WindowCopy copy = clip.copies().get(random.nextInt(clip.copies().size()));
                int from = i * inputSize();
                draw(copy, batch.inputs(), from);
                mask(batch.inputs(), from);
                target(clip, batch.targets(), i * labels());
                batch.frames()[i] = steps;
            }
            mix(batch);
            return true;
        }

        private void draw(WindowCopy copy, float[] target, int from) {
            double rate = random.nextDouble(varying.leastRate(), varying.mostRate());
            int rows = copy.rows();
            for (int step = 0; step < steps; step++) {
                double place = step * rate % rows;
                int before = (int) place;
                int after = (before + 1) % rows;
                float share = (float) (place - before);
                for (int band = 0; band < bands; band++) {
                    target[from + step * bands + band] =
                            copy.get(before * bands + band) * (1 - share) + copy.get(after * bands + band) * share;
                }
            }
        }

        private void mask(float[] values, int from) {
            for (int i = 0; i < varying.masks(); i++) {
                int width = random.nextInt(varying.maxMaskSteps() + 1);
                int start = random.nextInt(steps - varying.maxMaskSteps());
                Arrays.fill(values, from + start * bands, from + (start + width) * bands, 0);
            }
            for (int i = 0; i < varying.masks(); i++) {
                int width = random.nextInt(varying.maxMaskBands() + 1);
                int start = random.nextInt(bands - varying.maxMaskBands());
                for (int step = 0; step < steps; step++) {
                    int row = from + step * bands;
                    Arrays.fill(values, row + start, row + start + width, 0);
                }
            }
        }

        private void target(TrainingClip clip, float[] targets, int from) {
            int count = known.count(clip);
            for (int i = 0; i < labels(); i++) {
                targets[from + i] = known.isKnown(clip, i) ? (float) (varying.smoothing() / count) : Batch.UNKNOWN;
            }
            targets[from + clip.label()] += (float) (1 - varying.smoothing());
        }

        private void mix(Batch batch) {
            if (varying.mixup() == 0) {
                return;
            }
            int size = batch.size() * inputSize();
            if (mixed.length < size) {
                mixed = new float[size];
                mixedTargets = new float[batch.size() * labels()];
            }
            int[] partners = Shuffle.of(batch.size(), random);
            for (int i = 0; i < batch.size(); i++) {
                float own = (float) share();
                int a = i * inputSize();
                int b = partners[i] * inputSize();
                for (int k = 0; k < inputSize(); k++) {
                    mixed[a + k] = own * batch.inputs()[a + k] + (1 - own) * batch.inputs()[b + k];
                }
                for (int k = 0; k < labels(); k++) {
                    float mine = batch.targets()[i * labels() + k];
                    float theirs = batch.targets()[partners[i] * labels() + k];
                    mixedTargets[i * labels() + k] = mine < 0 && theirs < 0
                            ? Batch.UNKNOWN
                            : own * Math.max(0, mine) + (1 - own) * Math.max(0, theirs);
                }
            }
            System.arraycopy(mixed, 0, batch.inputs(), 0, size);
            System.arraycopy(mixedTargets, 0, batch.targets(), 0, batch.size() * labels());
        }

        /** The larger of b and 1 - b, b from Beta(mixup, mixup). */
        private double share() {
            double b = Beta.draw(varying.mixup(), random);
            return Math.max(b, 1 - b);
        }
    }
}
