package io.undertone.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a RIFF WAVE file (Microsoft, Multimedia Programming Interface 1.0, 1991; WAVE_FORMAT_EXTENSIBLE, 2001). Chunks other
 * than {@code fmt } and {@code data} are passed over. A data size of 0 at the file's end or of 0xFFFFFFFF, as programs leave it that write
 * to a pipe, means: to the end of the file.
 */
final class WavReader {
    private static final int MAX_FORMAT_BYTES = 1_024;
    private static final int BLOCK_FRAMES = 4_096;
    private static final long UNKNOWN_SIZE = 0xffff_ffffL;

    private final Path file;
    private final InputStream in;
    private long left;

    private @Nullable WavEncoding encoding;
    private int channels;
    private int sampleRateHz;

    WavReader(Path file, InputStream in, long size) {
        this.file = file;
        this.in = in;
        this.left = size;
    }

    Recording read() throws IOException {
        take(12);
        while (left >= 8) {
            ByteBuffer header = take(8);
            byte[] id = new byte[4];
            header.get(id);
            String name = new String(id, StandardCharsets.US_ASCII);
            long size = header.getInt() & 0xffff_ffffL;
            if (name.equals("fmt ")) {
                readFormat(size);
            } else if (name.equals("data")) {
                return readData(size);
            } else {
                skip(Math.min(size + size % 2, left));
            }
        }
        throw refuse("must hold a data chunk: none found; the file is cut short or damaged");
    }

    private void readFormat(long size) throws IOException {
        require(
                size >= 16 && size <= MAX_FORMAT_BYTES && size <= left,
                "format chunk must hold 16 to 1024 bytes: size=" + size + "; the header is damaged");
        ByteBuffer format = take((int) (size + size % 2 <= left ? size + size % 2 : size));
        int tag = format.getShort() & 0xffff;
        channels = format.getShort() & 0xffff;
        sampleRateHz = format.getInt();
        format.getInt();
        int blockAlign = format.getShort() & 0xffff;
        int bits = format.getShort() & 0xffff;
        if (tag == WavEncoding.EXTENSIBLE) {
            require(
                    size >= 26,
                    "extensible format must hold 26 bytes at least: size=" + size + "; the header is damaged");
            tag = format.getShort(24) & 0xffff;
        }
        WavEncoding found = WavEncoding.of(tag, bits);
        if (found == null) {
            throw refuse("format must be PCM of 8, 16, 24 or 32 bits, 32-bit float, mu-law or A-law: tag=" + tag
                    + ", bits=" + bits + "; convert it, for example with sox or ffmpeg");
        }
        encoding = found;
        require(channels >= 1, "channels must be >= 1: channels=" + channels + "; the header is damaged");
        require(
                sampleRateHz >= 1,
                "sample rate must be >= 1 Hz: sampleRateHz=" + sampleRateHz + "; the header is damaged");
        require(
                blockAlign == channels * found.bytes(),
                "block size must be channels x bytes of a sample: blockAlign=" + blockAlign + ", channels=" + channels
                        + ", bits=" + bits + "; the header is damaged");
    }

    private Recording readData(long size) throws IOException {
        WavEncoding of = encoding;
        if (of == null) {
            throw refuse("format chunk must stand before the data chunk: none found; the file is damaged");
        }
        boolean toTheEnd = size == UNKNOWN_SIZE || size == 0;
        require(
                toTheEnd || size <= left,
                "data must lie within the file: data size=" + size + " bytes, left in the file=" + left
                        + "; the file is cut short, copy it again");
        int frameBytes = channels * of.bytes();
        long frames = (toTheEnd ? left : size) / frameBytes;
        require(
                frames * channels <= Integer.MAX_VALUE - 8,
                "samples must number less than 2^31: frames=" + frames + ", channels=" + channels
                        + "; cut the file up");
        float[][] samples = new float[channels][(int) frames];
        for (int done = 0; done < frames; ) {
            int count = (int) Math.min(Math.max(1, BLOCK_FRAMES / channels), frames - done);
            ByteBuffer block = take(count * frameBytes);
            for (int i = done; i < done + count; i++) {
                for (float[] channel : samples) {
                    channel[i] = sample(of, block);
                }
            }
            done += count;
        }
        return new Recording(sampleRateHz, samples);
    }

    private float sample(WavEncoding of, ByteBuffer block) throws AudioFileException {
        float value = of.next(block);
        require(Float.isFinite(value), "samples must be finite: found " + value + "; the file is damaged");
        return value;
    }

    private ByteBuffer take(int bytes) throws IOException {
        byte[] taken = in.readNBytes(bytes);
        if (taken.length < bytes) {
            throw new EOFException(file + ": the file shrank while it was read");
        }
        left -= bytes;
        return ByteBuffer.wrap(taken).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        left -= bytes;
    }

    private void require(boolean holds, String rule) throws AudioFileException {
        if (!holds) {
            throw refuse(rule);
        }
    }

    private AudioFileException refuse(String rule) {
        return new AudioFileException(file, rule);
    }
}
