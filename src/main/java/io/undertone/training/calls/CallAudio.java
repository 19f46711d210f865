package io.undertone.training.calls;

import io.undertone.audio.G711;
import io.undertone.audio.SampleFormat;
import io.undertone.training.condition.Condition;
import io.undertone.training.condition.LineAudio;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.MonoRecording;
import io.undertone.training.corpus.Recordings;
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
    private static final int FRAME = 20 * BYTES_PER_MS;
    /** Frames at a clip's ends that are quieter than the loudest by more than this are trimmed: 35 dB. */
    private static final double QUIET = Math.pow(10, -35 / 10.0);
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
        Random random = new Random(Seeds.derive(seed, "pauses/" + call.name()));
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        List<Utterance> utterances = new ArrayList<>();
        audio.writeBytes(pause(500, random));
        for (Clip clip : call.clips()) {
            MonoRecording recording = Recordings.read(clip);
            LineAudio line = Condition.TELEPHONE.apply(recording.samples(), recording.sampleRateHz(), seed, clip.key());
            int from = audio.size() / BYTES_PER_MS;
            write(audio, line);
            utterances.add(new Utterance(call.name(), ROLE, from, audio.size() / BYTES_PER_MS, clip.label()));
            boolean turn = utterances.size() % 2 == 0;
            audio.writeBytes(pause(turn ? 1_500 + random.nextInt(1_000) : 300 + random.nextInt(300), random));
        }
        return new CallAudio(LineAudio.intact(audio.toByteArray(), SampleFormat.MULAW, 8 * 1_000), utterances);
    }

    private static void write(ByteArrayOutputStream audio, LineAudio line) {
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
        audio.write(line.audio(), first * FRAME, Math.max(0, (last + 1 - first) * FRAME));
    }

    private static byte[] pause(int ms, Random random) {
        byte[] audio = new byte[ms * BYTES_PER_MS];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = G711.toMulaw(random.nextInt(2 * NOISE + 1) - NOISE);
        }
        return audio;
    }
}
