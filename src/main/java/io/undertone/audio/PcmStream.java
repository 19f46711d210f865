package io.undertone.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Uncompressed samples, interleaved by channel. */
final class PcmStream implements AudioStream {
    private static final int BLOCK_BYTES = 1 << 15;

    private final AudioInput in;
    private final PcmCoding coding;
    private final ByteOrder order;
    private final int channels;
    private final int sampleRateHz;
    private final byte[] block;
    private final int frameBytes;
    private final long said;
    private long left;

    /**
     * @param in at the first byte of audio; closed with this stream
     * @param bytes of audio, or {@link DataSize#TO_THE_END}
     */
    PcmStream(AudioInput in, PcmCoding coding, ByteOrder order, int channels, int sampleRateHz, long bytes)
            throws AudioFileException {
        in.require(channels >= 1, "channels must be >= 1: channels=" + channels + "; the header is damaged");
        in.require(
                sampleRateHz >= 1,
                "sample rate must be >= 1 Hz: sampleRateHz=" + sampleRateHz + "; the header is damaged");
        this.in = in;
        this.coding = coding;
        this.order = order;
        this.channels = channels;
        this.sampleRateHz = sampleRateHz;
        this.frameBytes = channels * coding.bytes;
        this.block = new byte[Math.max(1, BLOCK_BYTES / frameBytes) * frameBytes];
        this.said = bytes;
        this.left = bytes;
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int read(float[][] target, int frames) throws IOException {
        long wanted = Math.min(Math.min((long) frames * frameBytes, block.length), left - left % frameBytes);
        int bytes = in.read(block, (int) wanted);
        left -= bytes;
        int read = bytes / frameBytes;
        if (read == 0) {
            end();
            return 0;
        }
        ByteBuffer source = ByteBuffer.wrap(block, 0, bytes).order(order);
        for (int i = 0; i < read; i++) {
            for (int channel = 0; channel < channels; channel++) {
                float value = coding.next(source);
                // An if, so that the message is built only for a bad sample.
                if (!Float.isFinite(value)) {
                    in.require(false, "samples must be finite: found " + value + "; the file is damaged");
                }
                target[channel][i] = value;
            }
        }
        return read;
    }

    private void end() throws IOException {
        if (left >= frameBytes && said < DataSize.FIRST_PLACEHOLDER) {
            in.remark("the header says " + said + " bytes of audio, and there were " + (said - left)
                    + ": read to the end; if it was copied, compare it with the original");
            left = 0;
        }
        in.drain();
    }

    @Override
    public List<String> remarks() {
        return in.remarks();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
