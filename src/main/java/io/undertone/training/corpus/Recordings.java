package io.undertone.training.corpus;

import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The audio of clips. */
public final class Recordings {
    private Recordings() {}

    /**
     * Reads a clip: the mean of its channels.
     *
     * @throws CorpusException if it can't be read or holds no samples
     */
    public static MonoRecording read(Clip clip) {
        try {
            Recording recording = AudioFile.read(clip.file());
            if (recording.samples() == 0) {
                throw new CorpusException("A recording must hold samples: " + clip.file());
            }
            float[] mono = recording.channel(0);
            for (int channel = 1; channel < recording.channels(); channel++) {
                float[] other = recording.channel(channel);
                for (int i = 0; i < mono.length; i++) {
                    mono[i] += other[i];
                }
            }
            if (recording.channels() > 1) {
                for (int i = 0; i < mono.length; i++) {
                    mono[i] /= recording.channels();
                }
            }
            return new MonoRecording(mono, recording.sampleRateHz());
        } catch (IOException e) {
            throw new CorpusException("A recording must be readable: " + clip.file() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Removes clips whose decoded samples are identical to those of an earlier clip: RAVDESS contains {@code 03-01-03-01-02-01-07} again as
     * {@code -02-02-07}.
     *
     * @return the clips kept, in order, and those dropped
     */
    public static Distinct distinct(List<Clip> clips) {
        Map<String, Clip> seen = new HashMap<>();
        List<Clip> kept = new ArrayList<>();
        List<Clip> dropped = new ArrayList<>();
        for (Clip clip : clips) {
            boolean isNew = seen.putIfAbsent(hash(read(clip)), clip) == null;
            (isNew ? kept : dropped).add(clip);
        }
        return new Distinct(List.copyOf(kept), List.copyOf(dropped));
    }

    /** SHA-256 of rate and samples. */
    static String hash(MonoRecording recording) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (recording.samples().length + 1));
            bytes.putInt(recording.sampleRateHz());
            for (float sample : recording.samples()) {
                bytes.putFloat(sample);
            }
            return HexFormat.of().formatHex(digest.digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Clips after removal of duplicates.
     *
     * @param kept the first of each recording
     * @param dropped the others
     */
    public record Distinct(List<Clip> kept, List<Clip> dropped) {}
}
