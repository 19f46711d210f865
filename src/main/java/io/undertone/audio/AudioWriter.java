package io.undertone.audio;

import java.io.IOException;
import java.nio.file.Path;

/** Writes WAV files. Stateless, thread-safe. */
public final class AudioWriter {
    private AudioWriter() {}

    /** Writes a recording as a WAV file of the given sample format. */
    public static void writeWav(Path file, Recording recording, SampleFormat format) throws IOException {
        throw new IOException("not yet");
    }
}
