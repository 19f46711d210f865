package io.undertone.audio.flac;

import java.io.IOException;
import java.util.HexFormat;

/**
 * The block STREAMINFO (RFC 9639, 8.2).
 *
 * @param maxBlockSamples no frame holds more samples of a channel, at most 65,535
 * @param maxFrameBytes no frame is longer; 0: unknown
 * @param sampleRateHz samples a second
 * @param channels 1 to 8
 * @param bits of a sample, 4 to 32
 * @param samples of each channel; 0: unknown
 * @param md5 of all samples, 32 hexadecimal digits; all zero: unknown
 */
record StreamInfo(
        int maxBlockSamples, long maxFrameBytes, int sampleRateHz, int channels, int bits, long samples, String md5) {
    static final int BYTES = 34;
    private static final String NO_MD5 = "0".repeat(32);

    /** Reads the body of the block. */
    static StreamInfo read(BitInput in) throws IOException {
        in.read(16);
        int maxBlockSamples = (int) in.read(16);
        in.read(24);
        long maxFrameBytes = in.read(24);
        int sampleRateHz = (int) in.read(20);
        int channels = (int) in.read(3) + 1;
        int bits = (int) in.read(5) + 1;
        long samples = in.read(4) << 32 | in.read(32);
        byte[] md5 = new byte[16];
        in.read(md5);
        FlacException.require(
                sampleRateHz >= 1,
                "sample rate must be >= 1 Hz: sampleRateHz=" + sampleRateHz + "; the header is damaged");
        FlacException.require(bits >= 4, "samples must have 4 to 32 bits: bits=" + bits + "; the header is damaged");
        return new StreamInfo(
                maxBlockSamples,
                maxFrameBytes,
                sampleRateHz,
                channels,
                bits,
                samples,
                HexFormat.of().formatHex(md5));
    }

    /** The properties of a stream that begins at a frame. */
    static StreamInfo of(FrameHeader first) throws FlacException {
        FlacException.require(
                first.sampleRateHz() > 0 && first.bits() > 0,
                "a stream that begins at a frame must say its sample rate and bits there: sampleRateHz="
                        + first.sampleRateHz() + ", bits=" + first.bits());
        return new StreamInfo(
                FrameHeader.MAX_BLOCK_SAMPLES, 0, first.sampleRateHz(), first.channels(), first.bits(), 0, NO_MD5);
    }

    boolean hasMd5() {
        return !md5.equals(NO_MD5);
    }
}
