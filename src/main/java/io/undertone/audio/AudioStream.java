package io.undertone.audio;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Audio of a file or a pipe, read once from its beginning to its end. Not thread-safe; the caller that opens it closes it. */
public interface AudioStream extends Closeable {
    /** Sample rate in Hz. */
    int sampleRateHz();

    /** Number of channels. */
    int channels();

    /**
     * Decodes the next samples.
     *
     * @param target {@code [channels][frames or more]}, filled from 0 on; values in [-1, 1]; floats as in the file
     * @param frames how many samples of each channel are wanted, at least 1
     * @return samples decoded per channel: at least 1, or 0 at the end of the audio, whose integrity is then verified
     * @throws AudioFileException where the file is damaged
     */
    int read(float[][] target, int frames) throws IOException;

    /** Assumptions made about a contradictory file, one sentence each; complete once the end was read. */
    List<String> remarks();
}
