package io.undertone.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Opens audio files, whose format is recognised by their first bytes: WAV (RIFF, RF64, BW64, RIFX; PCM of 8 to 32 bits, floats, mu-law, A-law, GSM 6.10),
 * FLAC, AIFF, AU and bare GSM 6.10, of any number of channels. Stateless, thread-safe.
 */
public final class AudioFile {
    private static final int BLOCK_SAMPLES = 1 << 15;

    private AudioFile() {}

    /**
     * Opens a file or another readable path: a named pipe, {@code /dev/stdin}.
     *
     * @throws AudioFileException where its format is not supported or it is damaged
     * @throws IOException where it cannot be read
     */
    public static AudioStream open(Path file) throws IOException {
        return open(file, file.toString());
    }

    /**
     * Opens a file under another name.
     *
     * @param name for messages
     */
    public static AudioStream open(Path file, String name) throws IOException {
        return open(AudioInput.of(file, name));
    }

    /**
     * Opens a pipe.
     *
     * @param in closed with the audio
     * @param name for messages
     */
    public static AudioStream open(InputStream in, String name) throws IOException {
        return open(AudioInput.of(in, name));
    }

    private static AudioStream open(AudioInput in) throws IOException {
        try {
            return detect(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static AudioStream detect(AudioInput in) throws IOException {
        passTag(in);
        byte[] head = in.peek(OtherFormat.HEAD_BYTES);
        if (has(head, 8, "WAVE")) {
            if (has(head, 0, "RIFF") || has(head, 0, "RF64") || has(head, 0, "BW64")) {
                return new WavReader(in, ByteOrder.LITTLE_ENDIAN).open();
            }
            if (has(head, 0, "RIFX")) {
                return new WavReader(in, ByteOrder.BIG_ENDIAN).open();
            }
        }
        if (has(head, 0, "fLaC")) {
            return new FlacStream(in, false);
        }
        if (has(head, 0, "\u00ff\u00f8") || has(head, 0, "\u00ff\u00f9")) {
            return framesOf(in, head);
        }
        if (has(head, 0, "FORM") && (has(head, 8, "AIFF") || has(head, 8, "AIFC"))) {
            return new AiffReader(in).open();
        }
        if (has(head, 0, ".snd")) {
            return new AuReader(in).open();
        }
        if (GsmStream.isBare(in)) {
            return GsmStream.bare(in);
        }
        throw OtherFormat.refuse(in, head);
    }

    /** A FLAC stream without its metadata; AAC begins with similar bytes. */
    private static AudioStream framesOf(AudioInput in, byte[] head) throws IOException {
        try {
            return new FlacStream(in, true);
        } catch (AudioFileException e) {
            AudioFileException refused = OtherFormat.refuse(in, head);
            refused.addSuppressed(e);
            throw refused;
        }
    }

    /** Skips an ID3 tag, which some programs put before a FLAC stream. */
    private static void passTag(AudioInput in) throws IOException {
        byte[] head = in.peek(10);
        if (head.length < 10 || !has(head, 0, "ID3")) {
            return;
        }
        int bytes = (head[6] & 0x7f) << 21 | (head[7] & 0x7f) << 14 | (head[8] & 0x7f) << 7 | (head[9] & 0x7f);
        byte[] behind = in.peekAt(in.position() + 10 + bytes, 4);
        if (has(behind, 0, "fLaC")) {
            in.skip(10L + bytes);
        }
    }

    /**
     * Reads a whole file. Memory use depends on the samples present, not on the sizes in the header.
     *
     * @throws AudioFileException where its format is not supported or the file is damaged
     * @throws IOException where it cannot be read
     */
    public static Recording read(Path file) throws IOException {
        try (AudioStream stream = open(file)) {
            return read(stream, file.toString());
        }
    }

    private static Recording read(AudioStream stream, String name) throws IOException {
        int frames = Math.max(1, BLOCK_SAMPLES / stream.channels());
        float[][] block = new float[stream.channels()][frames];
        float[][] samples = new float[stream.channels()][0];
        int count = 0;
        for (int read = stream.read(block, frames); read > 0; read = stream.read(block, frames)) {
            if (count > Integer.MAX_VALUE / 2 - read) {
                throw new AudioFileException(name, "samples must number less than 2^30; cut the file up");
            }
            for (int channel = 0; channel < block.length; channel++) {
                if (count + read > samples[channel].length) {
                    samples[channel] = Arrays.copyOf(samples[channel], Math.max(count + read, count * 2));
                }
                System.arraycopy(block[channel], 0, samples[channel], count, read);
            }
            count += read;
        }
        for (int channel = 0; channel < samples.length; channel++) {
            samples[channel] = Arrays.copyOf(samples[channel], count);
        }
        return new Recording(stream.sampleRateHz(), samples);
    }

    private static boolean has(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= bytes.length || (bytes[at + i] & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
