package io.undertone.training;

import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioWriter;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.training.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Corpora of made-up voices, whose label is their pitch: three takes of sad and of angry a speaker. */
public final class MadeUpVoices {
    private static final int RATE_HZ = 16_000;
    private static final int TAKES = 3;

    private MadeUpVoices() {}

    /** What takes make of a label's sound. */
    private interface Takes {
        Recording take(String label, int speaker, int take) throws IOException;
    }

    /** Writes recordings such as {@code sad00.wav} (speaker 0, take 0) and their manifest. */
    public static Path corpus(Path folder, int speakers) throws IOException {
        return corpus(folder, speakers, TAKES);
    }

    /** The same with another number of takes, where less audio says as much. */
    public static Path corpus(Path folder, int speakers, int takes) throws IOException {
        return corpus(folder, speakers, takes, (label, speaker, take) -> {
            double pitchHz = (label.equals("sad") ? 350 : 900) * (1 + 0.05 * speaker + 0.02 * take);
            long seed = folder.getFileName().toString().hashCode() + speaker * 10L + take;
            return new Recording(RATE_HZ, new float[][] {voice(pitchHz, seed)});
        });
    }

    /** The same of speech, which is voice to a detector of voices too: the sad speak slowly and low, the angry fast and high. */
    public static Path spoken(Path folder, Path speech, int speakers) throws IOException {
        Recording said = AudioFile.read(speech);
        float[] samples = said.channel(0);
        return corpus(folder, speakers, TAKES, (label, speaker, take) -> {
            double speed = (label.equals("sad") ? 0.75 : 1.4) * (1 + 0.05 * speaker);
            int from = take * said.sampleRateHz() / 5;
            float[] spoken = new float[(int) ((samples.length - 1 - from) / speed)];
            for (int i = 0; i < spoken.length; i++) {
                double at = from + i * speed;
                int before = (int) at;
                spoken[i] = (float) (samples[before] + (at - before) * (samples[before + 1] - samples[before]));
            }
            return new Recording(said.sampleRateHz(), new float[][] {spoken});
        });
    }

    private static Path corpus(Path folder, int speakers, int count, Takes takes) throws IOException {
        Files.createDirectories(folder);
        StringBuilder manifest = new StringBuilder("file,speaker,label\n");
        for (int speaker = 0; speaker < speakers; speaker++) {
            for (int take = 0; take < count; take++) {
                for (String label : List.of("sad", "angry")) {
                    String file = label + speaker + take + ".wav";
                    AudioWriter.writeWav(
                            folder.resolve(file), takes.take(label, speaker, take), SampleFormat.PCM_S16LE);
                    manifest.append(file).append(",speaker-").append(speaker).append(',');
                    manifest.append(label).append('\n');
                }
            }
        }
        Files.writeString(folder.resolve("manifest.csv"), manifest);
        return folder;
    }

    /** Speakers who merely talk: the same voices, all neutral. */
    public static Corpus neutral(Path folder, int speakers) throws IOException {
        Path manifest = corpus(folder, speakers).resolve("manifest.csv");
        String rows = Files.readString(manifest).replace(",sad\n", ",neutral\n").replace(",angry\n", ",neutral\n");
        Files.writeString(manifest, rows);
        return Corpus.open(folder);
    }

    /** A folder of one file, {@code tone.wav}: a steady tone of 440 Hz, as a line hums it to those who wait. */
    public static Path tone(Path folder, int seconds) throws IOException {
        Files.createDirectories(folder);
        float[] samples = new float[seconds * RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.2 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ));
        }
        AudioWriter.writeWav(
                folder.resolve("tone.wav"), new Recording(RATE_HZ, new float[][] {samples}), SampleFormat.PCM_S16LE);
        return folder;
    }

    /** Syllables of a buzz of some pitch over a little noise: 0.2 s on, 0.1 s off, half a second of quiet at both ends. */
    private static float[] voice(double pitchHz, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[3 * RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            double t = (double) i / RATE_HZ;
            boolean on = t > 0.5 && t < 2.5 && t % 0.3 < 0.2;
            double buzz = 0;
            for (int h = 1; h <= 3; h++) {
                buzz += Math.sin(2 * Math.PI * pitchHz * h * t) / h;
            }
            samples[i] = (float) ((on ? 0.1 * buzz : 0) + 0.001 * random.nextGaussian());
        }
        return samples;
    }
}
