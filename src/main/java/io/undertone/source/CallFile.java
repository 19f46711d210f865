package io.undertone.source;

import io.undertone.Role;
import io.undertone.audio.AudioFile;
import io.undertone.audio.AudioStream;
import io.undertone.failure.Failure;
import io.undertone.ingest.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Audio files as calls: a stereo file is agent and customer, left and right, a mono file the customer. */
public final class CallFile {
    /** Denotes standard input. */
    private static final String STANDARD_INPUT = "-";

    private static final String LEFT_OUT = "-";
    private static final int BLOCK_SAMPLES = 1 << 15;

    private CallFile() {}

    /**
     * Reads a file to its end, so that nothing is begun with a damaged one. A pipe is first written to a temporary file.
     *
     * @param file {@code -}: standard input
     * @param roles whose voice each channel holds, absent for one that is left out; empty: by the number of channels
     * @throws Failure where the file is missing, of another kind or has another number of channels
     */
    public static PlayedCall read(Path file, String callId, List<Optional<Role>> roles) throws IOException {
        requireThere(file);
        Path source = isPipe(file) ? spool(file) : file;
        try (AudioStream stream = AudioFile.open(source, file.toString())) {
            requireRate(file, stream);
            List<Voice> voices = voices(file, stream.channels(), roles);
            int frames = Math.max(1, BLOCK_SAMPLES / stream.channels());
            float[][] block = new float[stream.channels()][frames];
            long samples = 0;
            for (int read = stream.read(block, frames); read > 0; read = stream.read(block, frames)) {
                samples += read;
            }
            if (samples == 0) {
                throw new Failure("holds no audio: " + file);
            }
            CallAudio audio = new CallAudio.OfFile(
                    source, file.toString(), stream.sampleRateHz(), stream.channels(), samples, stream.remarks());
            return new PlayedCall(callId, audio, voices);
        }
    }

    /** As {@link #read}, but of a pipe only the header: the rest can be played once. */
    public static PlayedCall stream(Path file, String callId, List<Optional<Role>> roles) throws IOException {
        requireThere(file);
        if (!isPipe(file)) {
            return read(file, callId, roles);
        }
        AudioStream stream = isStandardInput(file) ? AudioFile.open(System.in, STANDARD_INPUT) : AudioFile.open(file);
        requireRate(file, stream);
        return new PlayedCall(callId, new CallAudio.OfPipe(stream), voices(file, stream.channels(), roles));
    }

    /**
     * The same of bytes from elsewhere.
     *
     * @param in closed with the audio
     * @param name for messages
     */
    public static PlayedCall stream(InputStream in, String name, String callId, List<Optional<Role>> roles)
            throws IOException {
        AudioStream stream = AudioFile.open(in, name);
        Path named = Path.of(name);
        requireRate(named, stream);
        return new PlayedCall(callId, new CallAudio.OfPipe(stream), voices(named, stream.channels(), roles));
    }

    /**
     * Whose voice each channel holds, separated by commas, in any case: {@code agent,customer,-}.
     *
     * @return absent for one that is left out, {@code -}
     * @throws IllegalArgumentException where it names something else
     */
    public static List<Optional<Role>> roles(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .map(name -> name.equals(LEFT_OUT)
                        ? Optional.<Role>empty()
                        : Optional.of(Role.valueOf(name.toUpperCase(Locale.ROOT))))
                .toList();
    }

    private static void requireThere(Path file) {
        if (!isStandardInput(file) && !Files.exists(file)) {
            throw new Failure("there is no file " + file);
        }
        if (Files.isDirectory(file)) {
            throw new Failure("must be an audio file, not a folder: " + file);
        }
    }

    private static boolean isStandardInput(Path file) {
        return file.toString().equals(STANDARD_INPUT);
    }

    private static boolean isPipe(Path file) {
        return isStandardInput(file) || !Files.isRegularFile(file);
    }

    private static Path spool(Path pipe) throws IOException {
        Path copy = Files.createTempFile("undertone-", ".audio");
        copy.toFile().deleteOnExit();
        try (InputStream in = isStandardInput(pipe) ? System.in : Files.newInputStream(pipe)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static void requireRate(Path file, AudioStream stream) {
        int rate = stream.sampleRateHz();
        if (rate < Chunk.MIN_RATE_HZ || rate > Chunk.MAX_RATE_HZ) {
            throw new Failure("the sample rate must be " + Chunk.MIN_RATE_HZ + " to " + Chunk.MAX_RATE_HZ + " Hz: "
                    + file + " has " + rate + "; resample it, for instance with sox");
        }
    }

    /** The file's name without its folder and extension; {@code stdin} of standard input. */
    public static String stem(Path file) {
        if (isStandardInput(file)) {
            return "stdin";
        }
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static List<Voice> voices(Path file, int channels, List<Optional<Role>> given) {
        if (given.isEmpty()) {
            return switch (channels) {
                case 1 -> List.of(new Voice(0, Role.CUSTOMER));
                case 2 -> List.of(new Voice(0, Role.AGENT), new Voice(1, Role.CUSTOMER));
                default ->
                    throw new Failure(file + " has " + channels + " channels; say whose voice each holds, - for one to"
                            + " leave out: --roles agent,customer" + ",-".repeat(Math.min(channels, 8) - 2));
            };
        }
        if (given.size() != channels) {
            throw new Failure(file + " has " + channels + " channels, but --roles names " + given.size()
                    + "; a channel to leave out is named -");
        }
        List<Voice> voices = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            int at = channel;
            given.get(channel).ifPresent(role -> voices.add(new Voice(at, role)));
        }
        List<Role> roles = voices.stream().map(Voice::role).toList();
        if (roles.isEmpty()) {
            throw new Failure("--roles must name a role for one channel at least: it leaves out all " + channels);
        }
        if (roles.stream().distinct().count() != roles.size()) {
            throw new Failure("--roles must name each role once, since a role's audio is one leg: " + roles);
        }
        return List.copyOf(voices);
    }
}
