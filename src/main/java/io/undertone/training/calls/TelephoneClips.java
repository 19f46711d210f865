package io.undertone.training.calls;

import io.undertone.training.condition.Condition;
import io.undertone.training.condition.LineAudio;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.Recordings;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clips as staged calls have them: over a telephone line, 8 kHz mu-law, trimmed to their speech in whole frames of 20 ms. Each is made
 * once and kept, 8,000 bytes a second, since the calls of one run play the same clips in episodes of several lengths. Thread-safe.
 */
final class TelephoneClips {
    private static final int FRAME = 160;
    /** Frames at a clip's ends that are quieter than the loudest by more than this are trimmed: 35 dB. */
    private static final double QUIET = Math.pow(10, -35 / 10.0);

    private final long seed;
    private final Map<String, byte[]> byKey = new ConcurrentHashMap<>();

    /**
     * None is made yet.
     *
     * @param seed of the line's noise and gain
     */
    TelephoneClips(long seed) {
        this.seed = seed;
    }

    long seed() {
        return seed;
    }

    /** The mu-law bytes of a clip; not to be changed. */
    byte[] audioOf(Clip clip) {
        return byKey.computeIfAbsent(clip.key(), key -> {
            MonoRecording recording = Recordings.read(clip);
            return trimmed(Condition.TELEPHONE.apply(recording.samples(), recording.sampleRateHz(), seed, key));
        });
    }

    private static byte[] trimmed(LineAudio line) {
        float[] samples = line.heard();
        int frames = samples.length / FRAME;
        double[] power = new double[frames];
        double loudest = 0;
        for (int frame = 0; frame < frames; frame++) {
            for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
                power[frame] += samples[i] * samples[i];
            }
            loudest = Math.max(loudest, power[frame]);
        }
        int first = 0;
        int last = frames - 1;
        while (first < last && power[first] < QUIET * loudest) {
            first++;
        }
        while (last > first && power[last] < QUIET * loudest) {
            last--;
        }
        return Arrays.copyOfRange(line.audio(), first * FRAME, Math.max(first, last + 1) * FRAME);
    }
}
