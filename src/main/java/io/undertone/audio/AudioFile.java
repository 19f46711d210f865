package io.undertone.audio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads audio files. Stateless, thread-safe. */
public final class AudioFile {
    private static final int MAGIC_BYTES = 12;

    private AudioFile() {}

    /**
     * Reads a WAV file (PCM of 8, 16, 24 or 32 bits, 32-bit floats, mu-law, A-law) or a FLAC file, of any number of channels; told
     * apart by their first bytes. Takes memory by what the file holds, not by what its header says.
     *
     * @throws AudioFileException where the file is of another kind or damaged
     * @throws IOException where it cannot be read
     */
    public static Recording read(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(MAGIC_BYTES);
            byte[] magic = in.readNBytes(MAGIC_BYTES);
            in.reset();
            if (has(magic, 0, "RIFF") && has(magic, 8, "WAVE")) {
                return new WavReader(file, in, size).read();
            }
            if (has(magic, 0, "fLaC")) {
                return new FlacReader(file, in, size).read();
            }
        }
        throw new AudioFileException(
                file,
                "must be a WAV or FLAC file: it begins with neither RIFF....WAVE nor fLaC (size=" + size
                        + " bytes); convert it, for example with sox or ffmpeg");
    }

    private static boolean has(byte[] bytes, int at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (at + i >= bytes.length || bytes[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
