package io.undertone.source;

import io.undertone.Role;
import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import io.undertone.failure.Failure;
import io.undertone.ingest.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Audio files as calls: a stereo file is agent and customer, left and right, a mono file the customer. */
public final class CallFile {
    private CallFile() {}

    /**
     * Reads a file.
     *
     * @param roles whose voice each channel holds; empty: by the number of channels
     * @throws Failure where the file is missing, of another kind or has another number of channels
     */
    public static PlayedCall read(Path file, String callId, List<Role> roles) throws IOException {
        if (!Files.exists(file)) {
            throw new Failure("there is no file " + file);
        }
        if (Files.isDirectory(file)) {
            throw new Failure("must be an audio file, not a folder: " + file);
        }
        Recording recording = AudioFile.read(file);
        if (recording.samples() == 0) {
            throw new Failure("holds no audio: " + file);
        }
        int rate = recording.sampleRateHz();
        if (rate < Chunk.MIN_RATE_HZ || rate > Chunk.MAX_RATE_HZ) {
            throw new Failure("the sample rate must be " + Chunk.MIN_RATE_HZ + " to " + Chunk.MAX_RATE_HZ + " Hz: "
                    + file + " has " + rate + "; resample it, for instance with sox");
        }
        return new PlayedCall(callId, recording, roles(file, recording, roles));
    }

    /** The file's name without its folder and extension. */
    public static String stem(Path file) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static List<Role> roles(Path file, Recording recording, List<Role> given) {
        int channels = recording.channels();
        if (given.isEmpty()) {
            return switch (channels) {
                case 1 -> List.of(Role.CUSTOMER);
                case 2 -> List.of(Role.AGENT, Role.CUSTOMER);
                default -> throw new Failure(file + " has " + channels + " channels; say with --roles whose they are");
            };
        }
        if (given.size() != channels) {
            throw new Failure(file + " has " + channels + " channels, but --roles names " + given.size());
        }
        if (Set.copyOf(given).size() != given.size()) {
            throw new Failure("--roles must name each role once, since a role's audio is one leg: " + given);
        }
        return given;
    }
}
