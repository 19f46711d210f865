package io.undertone.training.calls;

import io.undertone.audio.G711;
import io.undertone.audio.SampleFormat;
import io.undertone.training.condition.LineAudio;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Utterance;
import io.undertone.training.network.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One party of a staged call over a telephone line: each clip trimmed to its speech, then a pause of 0.3 to 0.6 s, or after every second
 * clip of 1.5 to 2.5 s, in which the other party speaks.
 *
 * @param audio 8 kHz mu-law
 * @param utterances the utterances with their times
 */
public record CallAudio(LineAudio audio, List<Utterance> utterances) {
    private static final String ROLE = "customer";
    private static final int BYTES_PER_MS = 8;
    /** Noise of an idle line, about -78 dBFS. */
    private static final int NOISE = 8;

    public CallAudio {
        utterances = List.copyOf(utterances);
    }

    /**
     * Plays a call.
     *
     * @param seed for pauses and noise
     */
    public static CallAudio of(StagedCall call, long seed) {
        return of(call, new TelephoneClips(seed));
    }

    /** Plays one of several calls that have clips in common. */
    static CallAudio of(StagedCall call, TelephoneClips clips) {
        Random random = new Random(Seeds.derive(clips.seed(), "pauses/" + call.name()));
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        List<Utterance> utterances = new ArrayList<>();
        audio.writeBytes(pause(500, random));
        for (Clip clip : call.clips()) {
            int from = audio.size() / BYTES_PER_MS;
            audio.writeBytes(clips.audioOf(clip));
            utterances.add(new Utterance(call.name(), ROLE, from, audio.size() / BYTES_PER_MS, clip.label()));
            boolean turn = utterances.size() % 2 == 0;
            audio.writeBytes(pause(turn ? 1_500 + random.nextInt(1_000) : 300 + random.nextInt(300), random));
        }
        return new CallAudio(LineAudio.intact(audio.toByteArray(), SampleFormat.MULAW, 8 * 1_000), utterances);
    }

    private static byte[] pause(int ms, Random random) {
        byte[] audio = new byte[ms * BYTES_PER_MS];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = G711.toMulaw(random.nextInt(2 * NOISE + 1) - NOISE);
        }
        return audio;
    }
}
