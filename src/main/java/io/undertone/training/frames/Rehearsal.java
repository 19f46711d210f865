package io.undertone.training.frames;

import io.undertone.features.FrontEnd;
import io.undertone.training.condition.VariedLine;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.Recordings;
import io.undertone.training.network.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Extracts several augmented copies of each clip, with random lines and vocal tract lengths. They depend on the seed, the clip and the
 * copy's number only. Thread-safe.
 */
final class Rehearsal {
    private static final double LEAST_TRACT = 0.9;
    private static final double MOST_TRACT = 1.1;

    /** Vocal tract lengths are rounded to this, so that few filter banks are needed. */
    private static final double TRACT_STEP = 0.005;

    /** The probability that a copy is smoothed as if rebuilt from a picture, like the {@link #REBUILT} corpora. */
    private static final double BLUR_CHANCE = 0.25;

    private static final Set<String> REBUILT = Set.of("cremad");

    private final PictureInput input;
    private final long seed;
    private final HeardStore store;
    private final List<String> labels;
    private final Map<Long, FrontEnd> frontEnds = new ConcurrentHashMap<>();

    /**
     * @param folder that caches computed features
     * @param labels whose indices are the clips' labels
     */
    Rehearsal(PictureInput input, long seed, Path folder, List<String> labels) {
        this.input = input;
        this.seed = seed;
        this.labels = List.copyOf(labels);
        this.store = new HeardStore(
                folder,
                "seed=" + seed + " " + input + " " + VariedLine.identity() + " tract=" + LEAST_TRACT + ".." + MOST_TRACT
                        + " blur=" + BLUR_CHANCE + " but " + REBUILT);
    }

    /** Extracts the copies of each clip, as many as its corpus' share says; a copy without speech is left out. */
    List<TrainingClip> hear(List<Clip> clips, int threads, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        java.util.concurrent.ForkJoinPool pool = new java.util.concurrent.ForkJoinPool(threads);
        try {
            return pool.submit(() -> clips.parallelStream()
                            .map(clip -> {
                                TrainingClip heard = hear(clip);
                                progress.accept(done.incrementAndGet());
                                return heard;
                            })
                            .toList())
                    .join();
        } finally {
            pool.shutdown();
        }
    }

    private TrainingClip hear(Clip clip) {
        int copies = TelephoneRecipe.share(clip.corpus()).copies();
        List<WindowCopy> heard = store.read(clip, copies).orElseGet(() -> {
            List<WindowCopy> fresh = hear(clip, copies);
            store.write(clip, copies, fresh);
            return fresh;
        });
        return new TrainingClip(clip, labels.indexOf(clip.label()), heard);
    }

    private List<WindowCopy> hear(Clip clip, int copies) {
        MonoRecording recording = Recordings.read(clip);
        List<WindowCopy> heard = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            SplittableRandom random = new SplittableRandom(Seeds.derive(Seeds.derive(seed, clip.key()), i));
            float[] samples = VariedLine.draw(recording.samples(), recording.sampleRateHz(), random)
                    .heard();
            long tract = Math.round(random.nextDouble(LEAST_TRACT, MOST_TRACT) / TRACT_STEP);
            FrontEnd frontEnd = frontEnds.computeIfAbsent(tract, t -> FrontEnd.withTract(input.spec(), t * TRACT_STEP));
            boolean blurred = random.nextDouble() < BLUR_CHANCE && !REBUILT.contains(clip.corpus());
            HeardFrames frames = HeardFrames.of(samples, frontEnd);
            WindowCopy copy = WindowCopy.draw(blurred ? frames.blurred() : frames, frontEnd, input, random);
            if (copy.rows() > 0) {
                heard.add(copy);
            }
        }
        return heard;
    }
}
