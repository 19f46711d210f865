package io.undertone.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;

/**
 * Reads a FLAC file (RFC 9639) with jFLAC. jFLAC sees the stream's parameters and its audio frames only: other metadata
 * blocks are passed over before, since it takes memory by the counts that stand in them.
 */
final class FlacReader {
    private static final int STREAM_INFO_BYTES = 34;
    private static final int LAST_BLOCK = 0x80;

    private final Path file;
    private final InputStream in;
    private final long size;

    FlacReader(Path file, InputStream in, long size) {
        this.file = file;
        this.in = in;
        this.size = size;
    }

    Recording read() throws IOException {
        byte[] info = readStreamInfo();
        int sampleRateHz = (info[10] & 0xff) << 12 | (info[11] & 0xff) << 4 | (info[12] & 0xf0) >> 4;
        int channels = ((info[12] & 0x0e) >> 1) + 1;
        int bits = ((info[12] & 1) << 4 | (info[13] & 0xf0) >> 4) + 1;
        long total = (info[13] & 0x0fL) << 32
                | (info[14] & 0xffL) << 24
                | (info[15] & 0xff) << 16
                | (info[16] & 0xff) << 8
                | (info[17] & 0xff);
        require(
                sampleRateHz >= 1,
                "sample rate must be >= 1 Hz: sampleRateHz=" + sampleRateHz + "; the header is damaged");
        require(
                bits >= 8 && bits <= 24,
                "samples must have 8 to 24 bits: bits=" + bits + "; convert it, for example with sox or ffmpeg");
        FLACDecoder decoder = new FLACDecoder(new SequenceInputStream(new ByteArrayInputStream(head(info)), in));
        float[][] samples;
        decoder.addFrameListener(new FirstErrorEnds());
        try {
            decoder.readStreamInfo();
            samples = readFrames(decoder, channels, bits, total);
        } catch (RuntimeException e) {
            throw new AudioFileException(
                    file, "FLAC frames must follow RFC 9639: the decoder failed; the file is damaged", e);
        }
        require(
                total == 0 || samples[0].length == total,
                "FLAC file must hold as many samples as its header says: header=" + total + ", found="
                        + samples[0].length + "; the file is cut short or damaged, copy it again");
        return new Recording(sampleRateHz, samples);
    }

    /** The stream's parameters; leaves the input at its first audio frame. */
    private byte[] readStreamInfo() throws IOException {
        in.skipNBytes(4);
        byte[] info = null;
        boolean last = false;
        long left = size - 4;
        while (!last) {
            byte[] header = in.readNBytes(4);
            require(header.length == 4, "metadata must end before the file does; the file is cut short");
            last = (header[0] & LAST_BLOCK) != 0;
            int length = (header[1] & 0xff) << 16 | (header[2] & 0xff) << 8 | (header[3] & 0xff);
            left -= 4 + length;
            require(
                    left >= 0,
                    "metadata must lie within the file: block size=" + length + " bytes; the file is cut short");
            if (info == null) {
                require(
                        (header[0] & 0x7f) == 0 && length == STREAM_INFO_BYTES,
                        "first metadata block must be the stream's parameters of 34 bytes: type=" + (header[0] & 0x7f)
                                + ", size=" + length + "; the header is damaged");
                info = in.readNBytes(length);
            } else {
                in.skipNBytes(length);
            }
        }
        if (info == null) {
            throw new IllegalStateException("the loop above reads one block at least");
        }
        return info;
    }

    private static byte[] head(byte[] info) {
        byte[] head = new byte[8 + STREAM_INFO_BYTES];
        head[0] = 'f';
        head[1] = 'L';
        head[2] = 'a';
        head[3] = 'C';
        head[4] = (byte) LAST_BLOCK;
        head[7] = STREAM_INFO_BYTES;
        System.arraycopy(info, 0, head, 8, STREAM_INFO_BYTES);
        return head;
    }

    private float[][] readFrames(FLACDecoder decoder, int channels, int bits, long total) throws IOException {
        float scale = 1f / (1 << (bits - 1));
        float[][] samples = new float[channels][1 << 16];
        int count = 0;
        // What stands behind the last sample is no audio: a tag, say.
        while (total == 0 || count < total) {
            Frame frame = decoder.readNextFrame();
            if (frame == null) {
                break;
            }
            int block = frame.header.blockSize;
            require(
                    frame.header.channels == channels && frame.header.bitsPerSample == bits,
                    "frames must be like the header: channels=" + frame.header.channels + ", bits="
                            + frame.header.bitsPerSample + "; the file is damaged");
            require(block <= Integer.MAX_VALUE / 2 - count, "samples must number less than 2^30; cut the file up");
            for (int channel = 0; channel < channels; channel++) {
                if (count + block > samples[channel].length) {
                    samples[channel] =
                            Arrays.copyOf(samples[channel], Math.max(count + block, samples[channel].length * 2));
                }
                int[] output = decoder.getChannelData()[channel].getOutput();
                for (int i = 0; i < block; i++) {
                    samples[channel][count + i] = output[i] * scale;
                }
            }
            count += block;
        }
        for (int channel = 0; channel < channels; channel++) {
            samples[channel] = Arrays.copyOf(samples[channel], count);
        }
        return samples;
    }

    private void require(boolean holds, String rule) throws AudioFileException {
        if (!holds) {
            throw new AudioFileException(file, rule);
        }
    }

    /** jFLAC passes over bad frames, and at a damaged end it looks for the next one for ever: so the first error ends it. */
    private static final class FirstErrorEnds implements FrameListener {
        @Override
        public void processMetadata(Metadata metadata) {}

        @Override
        public void processFrame(Frame frame) {}

        @Override
        public void processError(String message) {
            throw new IllegalStateException(message);
        }
    }
}
