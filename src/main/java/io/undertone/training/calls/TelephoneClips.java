package io.undertone.training.calls;

import io.undertone.training.condition.Condition;
import io.undertone.training.condition.LineAudio;
import io.undertone.training.condition.SpeechEdges;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.Recordings;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clips as staged calls have them: over a telephone line, 8 kHz mu-law, trimmed to their speech ({@link SpeechEdges}). Each is made
 * once and kept, 8,000 bytes a second, since the calls of one run play the same clips in episodes of several lengths. Thread-safe.
 */
final class TelephoneClips {
    private static final int RATE_HZ = 8_000;

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
        SpeechEdges edges = SpeechEdges.of(line.heard(), RATE_HZ);
        int frame = SpeechEdges.frameSamples(RATE_HZ);
        return Arrays.copyOfRange(line.audio(), edges.first() * frame, (edges.last() + 1) * frame);
    }
}
