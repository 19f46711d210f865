package io.undertone.training.hearing;

import io.undertone.features.FeatureSpec;
import io.undertone.training.condition.Condition;
import io.undertone.training.condition.LineAudio;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.OrdinarySpeech;
import io.undertone.training.corpus.Recordings;
import io.undertone.training.network.Seeds;
import io.undertone.window.LegSettings;
import io.undertone.window.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Passes clips through a simulated line and returns the front end's windows at its far end. Immutable, thread-safe. */
public final class Hearing {
    private static final double PAUSE_S = 0.3;

    private final FeatureSpec spec;
    private final FarEnd farEnd;
    private final long seed;

    public Hearing(FeatureSpec spec, LegSettings settings, long seed) {
        this.spec = spec;
        this.farEnd = new FarEnd(spec, settings);
        this.seed = seed;
    }

    /** One clip under a condition. */
    public HeardClip hear(Clip clip, Condition condition) {
        return hearAfter(List.of(), clip, condition);
    }

    /**
     * One clip as a caller's words after others, over the same line: the windows that begin with the clip or later, or, if it is too short
     * for these, the last one, which begins in the silence before it.
     *
     * @param earlier recordings of the same speaker, in order; those at another rate are left out
     */
    HeardClip hearAfter(List<Clip> earlier, Clip clip, Condition condition) {
        MonoRecording recording = Recordings.read(clip);
        int rate = recording.sampleRateHz();
        List<float[]> parts = new ArrayList<>();
        int length = 0;
        for (Clip other : earlier) {
            MonoRecording before = Recordings.read(other);
            if (before.sampleRateHz() == rate) {
                parts.add(before.samples());
                parts.add(new float[(int) (PAUSE_S * rate)]);
                length += before.samples().length + (int) (PAUSE_S * rate);
            }
        }
        if (parts.isEmpty()) {
            return new HeardClip(clip, farEnd.windows(condition.apply(recording.samples(), rate, seed, clip.key())));
        }
        // No window that is counted reaches back to them; the clip begins where a window does.
        long hop = (long) spec.windowHopMs() * rate / 1000;
        long hops = (length + hop - 1) / hop + spec.blocksPerWindow() - 1;
        int clipFrom = (int) (hops * hop);
        parts.add(new float[clipFrom - length]);
        parts.add(recording.samples());
        LineAudio audio = condition.apply(joined(parts), rate, seed, clip.key());
        List<Window> all = farEnd.windows(audio);
        long fromMs = hops * spec.windowHopMs();
        List<Window> of =
                all.stream().filter(window -> window.startMs() >= fromMs).toList();
        if (of.isEmpty() && !all.isEmpty() && all.get(all.size() - 1).endMs() > fromMs) {
            of = all.subList(all.size() - 1, all.size());
        }
        return new HeardClip(clip, of);
    }

    private static float[] joined(List<float[]> parts) {
        float[] joined = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /**
     * What is heard before each clip.
     *
     * @param ordinary ordinary speech of the clips' speakers
     * @param most recordings of it at most; 0 for each clip by itself
     */
    public record Before(OrdinarySpeech ordinary, int most) {
        /** Each clip by itself. */
        public static final Before NOTHING = new Before(new OrdinarySpeech(List.of()), 0);
    }

    /**
     * All clips under a condition, in order.
     *
     * @param progress called after each clip with the number done
     */
    public List<HeardClip> hear(List<Clip> clips, Before before, Condition condition, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return clips.parallelStream()
                .map(clip -> {
                    List<Clip> others = new ArrayList<>(before.ordinary().besides(clip));
                    Collections.shuffle(others, new Random(Seeds.derive(seed, "earlier/" + clip.key())));
                    List<Clip> earlier = others.subList(0, Math.min(before.most(), others.size()));
                    HeardClip heard = hearAfter(earlier, clip, condition);
                    progress.accept(done.incrementAndGet());
                    return heard;
                })
                .toList();
    }

    /** The same, each clip by itself. */
    public List<HeardClip> hear(List<Clip> clips, Condition condition, IntConsumer progress) {
        return hear(clips, Before.NOTHING, condition, progress);
    }
}
