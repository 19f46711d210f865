package io.undertone.training.frames;

import io.undertone.bundle.SpeechPicture;
import io.undertone.training.network.Batch;
import io.undertone.training.network.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pictures {@code [steps][bands]} to learn from: in each pass every clip once, by a copy at random, clips of a rare label oftener
 * ({@link #encores}), besides some clips of a second corpus; warped, masked, mixed. The last batch is left out where it isn't
 * full. Immutable, thread-safe.
 */
final class FrameExamples implements Examples {
    private final List<TrainingClip> clips;
    private final int[] encores;
    private final int encore;
    private final List<TrainingClip> others;
    private final int othersPerPass;
    private final boolean[] known;
    private final boolean[] knownOfOthers;
    private final SpeechPicture picture;
    private final int bands;
    private final Varying varying;
    private final int batchSize;

    /**
     * @param known labels that the corpora of {@code clips} have
     * @param others clips of a corpus that may lack labels; empty for none
     * @param othersPerPass how many of them a pass holds
     * @param knownOfOthers labels that it has
     */
    FrameExamples(
            List<TrainingClip> clips,
            boolean[] known,
            List<TrainingClip> others,
            int othersPerPass,
            boolean[] knownOfOthers,
            SpeechPicture picture,
            int bands,
            Varying varying,
            int batchSize) {
        this.clips = withCopies(clips);
        this.encores = encores(this.clips, known.length);
        this.encore = Arrays.stream(encores).sum();
        this.known = known.clone();
        this.others = withCopies(others);
        this.othersPerPass = Math.min(othersPerPass, this.others.size());
        this.knownOfOthers = knownOfOthers.clone();
        this.picture = picture;
        this.bands = bands;
        this.varying = varying;
        this.batchSize = batchSize;
    }

    private static List<TrainingClip> withCopies(List<TrainingClip> clips) {
        return clips.stream().filter(clip -> !clip.copies().isEmpty()).toList();
    }

    /**
     * How many clips of each label a pass holds once more: a label with {@code 1/n} of the most frequent label's clips is heard
     * {@code sqrt(n)} times as often as it comes, twice at most (square-root sampling, Mahajan et al. 2018), for what counts is the
     * mean of the labels' recalls. RAVDESS has half as many neutral clips.
     */
    private static int[] encores(List<TrainingClip> clips, int labels) {
        int[] counts = new int[labels];
        clips.forEach(clip -> counts[clip.label()]++);
        int most = Arrays.stream(counts).max().orElse(0);
        return Arrays.stream(counts)
                .map(count ->
                        count == 0 ? 0 : (int) Math.round(count * Math.min(1, Math.sqrt((double) most / count) - 1)))
                .toArray();
    }

    @Override
    public int size() {
        return (clips.size() + encore + othersPerPass) / batchSize * batchSize;
    }

    @Override
    public int inputSize() {
        return picture.steps() * bands;
    }

    @Override
    public int labels() {
        return known.length;
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
            int[] all = new int[clips.size() + encore + othersPerPass];
            for (int i = 0; i < clips.size(); i++) {
                all[i] = i;
            }
            int next = again(all, clips.size());
            int[] drawn = shuffled(others.size());
            for (int i = 0; i < othersPerPass; i++) {
                all[next + i] = clips.size() + drawn[i];
            }
            int[] places = shuffled(all.length);
            order = new int[all.length];
            for (int i = 0; i < all.length; i++) {
                order[i] = all[places[i]];
            }
        }

        /** Draws the clips that are heard once more; returns where the next goes. */
        private int again(int[] all, int from) {
            int[] left = encores.clone();
            int next = from;
            for (int clip : shuffled(clips.size())) {
                if (left[clips.get(clip).label()]-- > 0) {
                    all[next++] = clip;
                }
            }
            return next;
        }

        @Override
        public boolean next(Batch batch) {
            if (at + batchSize > order.length) {
                batch.resize(0);
                return false;
            }
            batch.resize(batchSize);
            for (int i = 0; i < batchSize; i++) {
                int clip = order[at++];
                boolean own = clip < clips.size();
                TrainingClip of = own ? clips.get(clip) : others.get(clip - clips.size());
                WindowCopy copy = of.copies().get(random.nextInt(of.copies().size()));
                int from = i * inputSize();
                draw(copy, batch.inputs(), from);
                mask(batch.inputs(), from);
                target(of.label(), own ? known : knownOfOthers, batch.targets(), i * labels());
                batch.frames()[i] = picture.steps();
            }
            mix(batch);
            return true;
        }

        private void draw(WindowCopy copy, float[] target, int from) {
            double rate = random.nextDouble(varying.leastRate(), varying.mostRate());
            int rows = copy.rows();
            for (int step = 0; step < picture.steps(); step++) {
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
                int start = random.nextInt(picture.steps() - varying.maxMaskSteps());
                Arrays.fill(values, from + start * bands, from + (start + width) * bands, 0);
            }
            for (int i = 0; i < varying.masks(); i++) {
                int width = random.nextInt(varying.maxMaskBands() + 1);
                int start = random.nextInt(bands - varying.maxMaskBands());
                for (int step = 0; step < picture.steps(); step++) {
                    int row = from + step * bands;
                    Arrays.fill(values, row + start, row + start + width, 0);
                }
            }
        }

        private void target(int label, boolean[] of, float[] targets, int from) {
            int count = 0;
            for (boolean is : of) {
                count += is ? 1 : 0;
            }
            for (int i = 0; i < of.length; i++) {
                targets[from + i] = of[i] ? (float) (varying.smoothing() / count) : Batch.UNKNOWN;
            }
            targets[from + label] += (float) (1 - varying.smoothing());
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
            int[] partners = shuffled(batch.size());
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

        private int[] shuffled(int count) {
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            return order;
        }
    }
}
