package io.undertone.source;

import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioStream;
import io.undertone.audio.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The audio of a call, which is read as it is needed and never held as a whole. */
public interface CallAudio {
    /** {@link #samples} of a pipe, before it was read. */
    long UNKNOWN = -1;

    /** Samples a second. */
    int sampleRateHz();

    /** How many channels. */
    int channels();

    /** Samples of each channel, or {@link #UNKNOWN}. */
    long samples();

    /** The assumptions made where the file contradicts itself, a sentence each; of a pipe its stream says it at the end. */
    List<String> remarks();

    /** Opens it at its beginning; a pipe only once. */
    AudioStream open() throws IOException;

    /** Its length in ms, rounded down; 0 where it is unknown. */
    default long durationMs() {
        return Math.max(0, samples()) * 1000 / sampleRateHz();
    }

    /** A recording in memory. */
    static CallAudio of(Recording recording) {
        return new CallAudio() {
            @Override
            public int sampleRateHz() {
                return recording.sampleRateHz();
            }

            @Override
            public int channels() {
                return recording.channels();
            }

            @Override
            public long samples() {
                return recording.samples();
            }

            @Override
            public List<String> remarks() {
                return List.of();
            }

            @Override
            public AudioStream open() {
                return recording.stream();
            }
        };
    }

    /** A file that was read to its end before, and is as it should be. */
    record OfFile(Path file, String name, int sampleRateHz, int channels, long samples, List<String> remarks)
            implements CallAudio {
        public OfFile {
            remarks = List.copyOf(remarks);
        }

        @Override
        public AudioStream open() throws IOException {
            return AudioFile.open(file, name);
        }
    }

    /** A pipe whose header has been read. */
    record OfPipe(AudioStream stream) implements CallAudio {
        @Override
        public int sampleRateHz() {
            return stream.sampleRateHz();
        }

        @Override
        public int channels() {
            return stream.channels();
        }

        @Override
        public long samples() {
            return UNKNOWN;
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public AudioStream open() {
            return stream;
        }
    }
}
