package io.undertone.training.hearing;

import io.undertone.features.FeatureSpec;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.Recordings;
import io.undertone.window.LegSettings;
import java.util.List;
import java.util.function.IntConsumer;

/** Passes clips through a simulated line and returns the front end's windows at its far end. Immutable, thread-safe. */
public final class Hearing {
    private final FarEnd farEnd;
    private final long seed;

    public Hearing(FeatureSpec spec, LegSettings settings, long seed) {
        this.farEnd = new FarEnd(spec, settings);
        this.seed = seed;
    }

    /** One clip under a condition. */
    public HeardClip hear(Clip clip, Condition condition) {
        MonoRecording recording = Recordings.read(clip);
        return new HeardClip(
                clip, farEnd.windows(condition.apply(recording.samples(), recording.sampleRateHz(), seed, clip.key())));
    }

    /**
     * All clips under a condition, in order.
     *
     * @param progress called after each clip with the number done
     */
    public List<HeardClip> hear(List<Clip> clips, Condition condition, IntConsumer progress) {
        java.util.concurrent.atomic.AtomicInteger done = new java.util.concurrent.atomic.AtomicInteger();
        return clips.parallelStream()
                .map(clip -> {
                    HeardClip heard = hear(clip, condition);
                    progress.accept(done.incrementAndGet());
                    return heard;
                })
                .toList();
    }
}
