package io.undertone.audio;

import java.io.IOException;
import java.nio.file.Path;

/** Reads audio files. Stateless, thread-safe. */
public final class AudioFile {
    private AudioFile() {}

    /**
     * Reads a WAV file (PCM of 8, 16, 24 or 32 bits, 32-bit floats, mu-law, A-law) or a FLAC file, of any number of channels; told
     * apart by their first bytes.
     *
     * @throws AudioFileException where the file is of another kind or damaged
     * @throws IOException where it cannot be read
     */
    public static Recording read(Path file) throws IOException {
        throw new AudioFileException(file, "not yet");
    }
}
