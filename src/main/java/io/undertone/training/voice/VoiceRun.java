package io.undertone.training.voice;

import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import io.undertone.features.FeatureSpec;
import io.undertone.features.VoiceNetwork;
import io.undertone.training.condition.Resampling;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.network.EnsembleTrainer;
import io.undertone.training.network.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Trains the network that tells voices from music, tones and noise, and writes it as the resource that a {@code VoiceSpec} names. */
public final class VoiceRun {
    private VoiceRun() {}

    /**
     * Options of a run.
     *
     * @param voices folders of recordings of one voice each; labels are not needed
     * @param notSpeech folders of recordings without a voice
     * @param out folder that {@code voice/NAME.bin} is written to
     * @param name of the network
     * @param work folder for checkpoints
     * @param seed fixes all randomness
     */
    public record Options(List<Path> voices, List<Path> notSpeech, Path out, String name, Path work, long seed) {
        public Options {
            voices = List.copyOf(voices);
            notSpeech = List.copyOf(notSpeech);
            if (voices.isEmpty() || notSpeech.isEmpty()) {
                throw new IllegalArgumentException(
                        "must name recordings of voices (--corpus) and of none (--not-speech): corpora=" + voices
                                + ", not-speech=" + notSpeech);
            }
        }
    }

    /**
     * Runs.
     *
     * @param spec of frames and speech gate
     * @param hearing called with the number of further scenes processed, from the extracting threads
     * @param stop asked after each epoch; true to stop, to be resumed later
     * @return the file; empty if stopped
     */
    public static Optional<Path> run(
            FeatureSpec spec, Options options, TrainingProgress progress, IntConsumer hearing, BooleanSupplier stop)
            throws IOException {
        List<float[]> voices = read(options.voices());
        List<float[]> music = read(options.notSpeech());
        String identity = VoiceTraining.identity() + " seed=" + options.seed() + " voices=" + voices.size() + " music="
                + music.size();
        VoiceTraining training = new VoiceTraining(spec, voices, music, options.seed(), hearing);
        Optional<VoiceNetwork> network = training.fit(
                new EnsembleTrainer(options.work().resolve("voice"), identity, options.seed(), 1, progress, stop));
        if (network.isEmpty()) {
            return Optional.empty();
        }
        Path file = options.out().resolve("voice").resolve(options.name() + ".bin");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, network.get().toBytes());
        return Optional.of(file);
    }

    /** All recordings under some folders, at 8 kHz, as the mean of their channels. */
    private static List<float[]> read(List<Path> folders) throws IOException {
        List<float[]> all = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.filter(VoiceRun::isRecording).sorted().toList();
            }
            if (files.isEmpty()) {
                throw new CorpusException("A folder of recordings must hold WAV or FLAC files: folder=" + folder);
            }
            for (Path file : files) {
                all.add(at8kHz(AudioFile.read(file)));
            }
        }
        return all;
    }

    private static boolean isRecording(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".flac") || name.endsWith(".wav");
    }

    private static float[] at8kHz(Recording recording) {
        float[] mono = new float[recording.samples()];
        for (int channel = 0; channel < recording.channels(); channel++) {
            float[] own = recording.channel(channel);
            for (int i = 0; i < mono.length; i++) {
                mono[i] += own[i] / recording.channels();
            }
        }
        return Resampling.convert(mono, recording.sampleRateHz(), MadeUpSound.RATE_HZ, 1);
    }
}
