package io.undertone.training.frames;

import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.OrdinarySpeech;
import io.undertone.training.corpus.Recordings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What a speaker said before a clip, as a caller would have: nothing, or a few of the speaker's other clips, most of them ordinary. Immutable,
 * thread-safe.
 */
final class EarlierSpeech {
    /** The probability that something was said before. */
    private static final double CHANCE = 0.5;

    private static final int MOST_CLIPS = 4;

    /** The probability that one of them is ordinary, if the speaker has such a clip. */
    private static final double ORDINARY_CHANCE = 0.85;

    private static final double MOST_SECONDS = 4;

    private final OrdinarySpeech speech;

    /**
     * @param clips of all speakers
     */
    EarlierSpeech(List<Clip> clips) {
        speech = new OrdinarySpeech(clips);
    }

    /** All parameters and a speaker's clips in one line, to identify what was drawn from them. */
    String identity(Clip clip) {
        return "earlier=" + CHANCE + " of " + MOST_CLIPS + " x " + MOST_SECONDS + " s, ordinary=" + ORDINARY_CHANCE
                + ":"
                + speech.ofSpeaker(clip).stream()
                        .map(Clip::key)
                        .collect(Collectors.joining(","))
                        .hashCode();
    }

    /**
     * Draws recordings of the clip's speaker, none of them the clip itself.
     *
     * @param sampleRateHz recordings at another rate are left out
     */
    List<float[]> draw(Clip clip, int sampleRateHz, SplittableRandom random) {
        List<float[]> drawn = new ArrayList<>();
        if (random.nextDouble() >= CHANCE) {
            return drawn;
        }
        List<Clip> others = speech.ofSpeaker(clip).stream()
                .filter(other -> !other.equals(clip))
                .toList();
        List<Clip> ordinary = speech.besides(clip);
        if (ordinary.isEmpty()) {
            return drawn;
        }
        int count = 1 + random.nextInt(MOST_CLIPS);
        for (int i = 0; i < count; i++) {
            List<Clip> from = random.nextDouble() < ORDINARY_CHANCE ? ordinary : others;
            MonoRecording recording = Recordings.read(from.get(random.nextInt(from.size())));
            if (recording.sampleRateHz() == sampleRateHz) {
                drawn.add(part(recording, random));
            }
        }
        return drawn;
    }

    private static float[] part(MonoRecording recording, SplittableRandom random) {
        int most = (int) (MOST_SECONDS * recording.sampleRateHz());
        float[] samples = recording.samples();
        int from = random.nextInt(Math.max(1, samples.length - most));
        return Arrays.copyOfRange(samples, from, Math.min(samples.length, from + most));
    }
}
