package io.undertone.audio;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * GSM 6.10 of one channel: in a WAV file two frames in 65 bytes, the lowest bit first (Microsoft's variant, "WAV49"); bare, as Asterisk writes it, a frame
 * in 33 bytes, the highest bit first behind the four bits 1101.
 */
final class GsmStream implements AudioStream {
    private static final int BARE_RATE_HZ = 8_000;
    private static final int BARE_BYTES = 33;
    private static final int WAV_BYTES = 65;
    private static final int SIGNATURE = 0xd;

    private final AudioInput in;
    private final int sampleRateHz;
    private final boolean isBare;
    private final GsmDecoder decoder = new GsmDecoder();
    private final byte[] block;
    private final float[] decoded;
    private long bytesLeft;
    private long samplesLeft;
    private int available;
    private int taken;

    /**
     * Of a WAV file.
     *
     * @param in at the first block; closed with this stream
     * @param bytes of audio, or {@link DataSize#TO_THE_END}
     * @param samples as the header gives them, since the last block may be padded; 0: not given
     */
    GsmStream(AudioInput in, int sampleRateHz, long bytes, long samples) throws AudioFileException {
        this(in, sampleRateHz, bytes, samples, false);
    }

    private GsmStream(AudioInput in, int sampleRateHz, long bytes, long samples, boolean isBare)
            throws AudioFileException {
        in.require(
                sampleRateHz >= 1,
                "sample rate must be >= 1 Hz: sampleRateHz=" + sampleRateHz + "; the header is damaged");
        this.in = in;
        this.sampleRateHz = sampleRateHz;
        this.isBare = isBare;
        this.block = new byte[isBare ? BARE_BYTES : WAV_BYTES];
        this.decoded = new float[isBare ? GsmDecoder.FRAME_SAMPLES : 2 * GsmDecoder.FRAME_SAMPLES];
        this.bytesLeft = bytes;
        long all = bytes / block.length * decoded.length;
        this.samplesLeft = samples > all - decoded.length && samples < all ? samples : Long.MAX_VALUE;
    }

    /** Whether it is a bare file: by its name, and the first bits of three frames. */
    static boolean isBare(AudioInput in) throws IOException {
        byte[] head = in.peek(2 * BARE_BYTES + 1);
        boolean is = in.name().toLowerCase(Locale.ROOT).endsWith(".gsm") && head.length > 0;
        for (int at = 0; is && at < head.length; at += BARE_BYTES) {
            is = (head[at] >> 4 & 0xf) == SIGNATURE;
        }
        return is;
    }

    static GsmStream bare(AudioInput in) throws AudioFileException {
        return new GsmStream(in, BARE_RATE_HZ, in.left(), 0, true);
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int read(float[][] target, int frames) throws IOException {
        if (taken == available) {
            taken = 0;
            available = next();
        }
        int count = Math.min(frames, available - taken);
        System.arraycopy(decoded, taken, target[0], 0, count);
        taken += count;
        return count;
    }

    private int next() throws IOException {
        if (bytesLeft < block.length || samplesLeft == 0 || in.read(block, block.length) < block.length) {
            in.drain();
            bytesLeft = 0;
            return 0;
        }
        bytesLeft -= block.length;
        if (isBare) {
            in.require(
                    (block[0] >> 4 & 0xf) == SIGNATURE,
                    "each frame of GSM 6.10 must begin with the bits 1101: it does not; the file is damaged");
            decoder.decode(bits(4, true), decoded, 0);
        } else {
            decoder.decode(bits(0, false), decoded, 0);
            decoder.decode(bits(GsmDecoder.FRAME_BITS, false), decoded, GsmDecoder.FRAME_SAMPLES);
        }
        int count = (int) Math.min(decoded.length, samplesLeft);
        samplesLeft -= count;
        return count;
    }

    /** The block's bits from {@code from} on. */
    private GsmDecoder.Bits bits(int from, boolean highestFirst) {
        return new GsmDecoder.Bits() {
            private int at = from;

            @Override
            public int next(int count) {
                int value = 0;
                for (int i = 0; i < count; i++, at++) {
                    int within = highestFirst ? 7 - at % 8 : at % 8;
                    int bit = block[at / 8] >> within & 1;
                    value = highestFirst ? value << 1 | bit : value | bit << i;
                }
                return value;
            }
        };
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
