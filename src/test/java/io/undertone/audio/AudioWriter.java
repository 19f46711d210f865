package io.undertone.audio;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes WAV files. Stateless, thread-safe. */
public final class AudioWriter {
    private static final int HEADER_BYTES = 58;

    private AudioWriter() {}

    /**
     * Writes a recording as a WAV file, channels interleaved, over whatever stood there.
     *
     * @throws IllegalArgumentException where the file would be over 2 GB
     */
    public static void writeWav(Path file, Recording recording, SampleFormat format) throws IOException {
        int channels = recording.channels();
        int width = format.bytesPerSample();
        long dataBytes = (long) recording.samples() * channels * width;
        if (dataBytes > Integer.MAX_VALUE - HEADER_BYTES) {
            throw new IllegalArgumentException("WAV data must be under 2^31 bytes: size=" + dataBytes + "; cut it up");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(header(recording, format, (int) dataBytes));
            byte[][] encoded = new byte[channels][];
            for (int channel = 0; channel < channels; channel++) {
                encoded[channel] = recording.encode(channel, 0, recording.samples(), format);
            }
            for (int i = 0; i < recording.samples(); i++) {
                for (byte[] channel : encoded) {
                    out.write(channel, i * width, width);
                }
            }
            if (dataBytes % 2 == 1) {
                out.write(0);
            }
        }
    }

    private static byte[] header(Recording recording, SampleFormat format, int dataBytes) {
        int tag = switch (format) {
            case PCM_S16LE -> 1;
            case PCM_F32LE -> 3;
            case ALAW -> 6;
            case MULAW -> 7;
        };
        int blockAlign = recording.channels() * format.bytesPerSample();
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF"))
                .putInt(HEADER_BYTES - 8 + dataBytes + dataBytes % 2)
                .put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(18).putShort((short) tag).putShort((short) recording.channels());
        header.putInt(recording.sampleRateHz()).putInt(recording.sampleRateHz() * blockAlign);
        header.putShort((short) blockAlign)
                .putShort((short) (8 * format.bytesPerSample()))
                .putShort((short) 0);
        header.put(ascii("fact")).putInt(4).putInt(recording.samples());
        header.put(ascii("data")).putInt(dataBytes);
        return header.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
