package io.undertone.audio.flac;

import static io.undertone.audio.flac.FlacException.require;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a FLAC stream (RFC 9639), frame by frame. Every frame must have the rate, the channels and the bits of the first, agree with its
 * CRCs and fit STREAMINFO; at the end the number of samples and their MD5 must be those of STREAMINFO, where given. Memory
 * use depends on the largest frame, never on sizes in the header. Not thread-safe; does not close the stream.
 */
public final class FlacDecoder {
    private static final int LAST_BLOCK = 0x80;
    private static final int STREAM_INFO = 0;
    private static final int VORBIS_COMMENT = 4;
    private static final int MIN_BLOCK_SAMPLES = 16;

    private final BitInput in;
    private final Subframe subframe;
    private final StreamInfo info;
    private final long[][] samples;
    private final MessageDigest md5 = md5();
    private byte[] interleaved = new byte[0];

    /** The first frame's header, already read, of a stream that begins at a frame. */
    private @Nullable FrameHeader waiting;

    private int blockSamples;
    private long decoded;
    private boolean ended;

    private FlacDecoder(BitInput in, StreamInfo info, @Nullable FrameHeader waiting) {
        this.in = in;
        this.subframe = new Subframe(in);
        this.info = info;
        this.samples = new long[info.channels()][0];
        this.waiting = waiting;
    }

    /**
     * Opens a stream whose next bytes are {@code fLaC}, and reads its metadata.
     *
     * @throws FlacException where it is damaged
     * @throws java.io.EOFException where it ends within the metadata
     */
    public static FlacDecoder ofStream(InputStream stream) throws IOException {
        BitInput in = new BitInput(stream);
        require(in.read(32) == 0x664c_6143, "a FLAC stream must begin with fLaC");
        StreamInfo info = null;
        boolean last = false;
        while (!last) {
            int head = (int) in.read(8);
            last = (head & LAST_BLOCK) != 0;
            int type = head & 0x7f;
            int bytes = (int) in.read(24);
            if (info == null) {
                require(
                        type == STREAM_INFO && bytes == StreamInfo.BYTES,
                        "the first metadata block must be STREAMINFO of 34 bytes: type=" + type + ", size=" + bytes
                                + "; the header is damaged");
                info = StreamInfo.read(in);
            } else if (type == VORBIS_COMMENT) {
                passComments(in, bytes);
            } else {
                in.skip(bytes);
            }
        }
        if (info == null) {
            throw new IllegalStateException("the loop above reads one block at least");
        }
        return new FlacDecoder(in, info, null);
    }

    /**
     * Opens a stream whose next bytes are a frame, as in network streaming: its rate, channels and bits are those of the
     * first frame, its length and MD5 unknown.
     */
    public static FlacDecoder ofFrames(InputStream stream) throws IOException {
        BitInput in = new BitInput(stream);
        in.beginFrame();
        FrameHeader first = FrameHeader.read(in);
        return new FlacDecoder(in, StreamInfo.of(first), first);
    }

    /** Skips tags (8.6), whose lengths must add up to the block's. */
    private static void passComments(BitInput in, int bytes) throws IOException {
        long left = bytes - 8L;
        left -= passText(in, left);
        long comments = Integer.toUnsignedLong(Integer.reverseBytes((int) in.read(32)));
        for (long i = 0; i < comments; i++) {
            left -= 4;
            left -= passText(in, left);
        }
        // Some writers add padding after them.
        in.skip(left);
    }

    private static long passText(BitInput in, long room) throws IOException {
        require(
                room >= 0,
                "the tags must fit in their metadata block: they are longer by " + -room
                        + " bytes at least; the header is damaged");
        long length = Integer.toUnsignedLong(Integer.reverseBytes((int) in.read(32)));
        require(
                length <= room,
                "the tags must fit in their metadata block: one of " + length + " bytes, left=" + room
                        + "; the header is damaged");
        in.skip(length);
        return length;
    }

    /** Samples a second. */
    public int sampleRateHz() {
        return info.sampleRateHz();
    }

    /** How many channels, 1 to 8. */
    public int channels() {
        return info.channels();
    }

    /**
     * Decodes the next frame.
     *
     * @return samples per channel; 0: the stream has ended, and its samples are verified
     * @throws FlacException where it is damaged
     * @throws java.io.EOFException where it ends within a frame
     */
    public int next() throws IOException {
        if (ended) {
            return 0;
        }
        FrameHeader header = waiting;
        if (header == null) {
            // Data after the last sample is not audio but, for example, a tag.
            if ((info.samples() > 0 && decoded == info.samples()) || in.atEnd()) {
                finish();
                return 0;
            }
            in.beginFrame();
            header = FrameHeader.read(in);
        }
        waiting = null;
        check(header);
        readSubframes(header);
        decorrelate(header);
        hash(header.blockSamples());
        blockSamples = header.blockSamples();
        decoded += blockSamples;
        return blockSamples;
    }

    private void check(FrameHeader header) throws FlacException {
        require(
                decoded == 0 || blockSamples >= MIN_BLOCK_SAMPLES,
                "each block but the last must hold 16 samples or more: samples=" + blockSamples
                        + "; the file is damaged");
        require(
                header.blockSamples() <= info.maxBlockSamples(),
                "no block may hold more samples than the header says: header=" + info.maxBlockSamples() + ", found="
                        + header.blockSamples() + "; the file is damaged");
        require(
                header.channels() == info.channels()
                        && (header.bits() == 0 || header.bits() == info.bits())
                        && (header.sampleRateHz() == 0 || header.sampleRateHz() == info.sampleRateHz()),
                "frames must be like the header: channels=" + info.channels() + " and " + header.channels() + ", bits="
                        + info.bits() + " and " + header.bits() + ", sampleRateHz=" + info.sampleRateHz() + " and "
                        + header.sampleRateHz() + " (0: not said); the file changes within or is damaged");
        require(
                info.samples() == 0 || decoded + header.blockSamples() <= info.samples(),
                "there must be as many samples as the header says: header=" + info.samples() + ", found="
                        + (decoded + header.blockSamples()) + " or more; the file is damaged");
    }

    private void readSubframes(FrameHeader header) throws IOException {
        int count = header.blockSamples();
        for (int channel = 0; channel < samples.length; channel++) {
            if (samples[channel].length < count) {
                samples[channel] = new long[count];
            }
            subframe.read(info.bits() + (header.isSide(channel) ? 1 : 0), samples[channel], count);
        }
        require(in.alignedByZeros(), "a frame must be filled up with zero bits: it is not; the file is damaged");
        int crc = in.frameCrc();
        require(in.read(16) == crc, "a frame must agree with its CRC-16: it does not; the file is damaged");
        require(
                info.maxFrameBytes() == 0 || in.frameBytes() <= info.maxFrameBytes(),
                "no frame may be longer than the header says: header=" + info.maxFrameBytes() + " bytes, found="
                        + in.frameBytes() + "; the file is damaged");
    }

    /** Restores left and right from a frame's stereo coding (4.2), in place. */
    private void decorrelate(FrameHeader header) {
        if (header.assignment() < FrameHeader.LEFT_SIDE) {
            return;
        }
        long[] first = samples[0];
        long[] second = samples[1];
        int count = header.blockSamples();
        switch (header.assignment()) {
            case FrameHeader.LEFT_SIDE -> {
                for (int i = 0; i < count; i++) {
                    second[i] = first[i] - second[i];
                }
            }
            case FrameHeader.SIDE_RIGHT -> {
                for (int i = 0; i < count; i++) {
                    first[i] += second[i];
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    long side = second[i];
                    long mid = first[i] << 1 | (side & 1);
                    first[i] = (mid + side) >> 1;
                    second[i] = (mid - side) >> 1;
                }
            }
        }
    }

    /** Checks that samples fit their width, and adds them to the MD5: interleaved, little-endian, in whole bytes (8.2). */
    private void hash(int count) throws FlacException {
        int bytes = (info.bits() + 7) / 8;
        int length = count * samples.length * bytes;
        if (interleaved.length < length) {
            interleaved = new byte[length];
        }
        long bound = 1L << (info.bits() - 1);
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (long[] channel : samples) {
                long sample = channel[i];
                require(
                        sample >= -bound && sample < bound,
                        "samples must fit in their bits: bits=" + info.bits() + ", sample=" + sample
                                + "; the file is damaged");
                for (int shift = 0; shift < bytes * 8; shift += 8) {
                    interleaved[at++] = (byte) (sample >> shift);
                }
            }
        }
        md5.update(interleaved, 0, length);
    }

    private void finish() throws FlacException {
        require(
                info.samples() == 0 || decoded == info.samples(),
                "there must be as many samples as the header says: header=" + info.samples() + ", found=" + decoded
                        + "; the file is cut short or damaged, copy it again");
        String found = HexFormat.of().formatHex(md5.digest());
        require(
                !info.hasMd5() || found.equals(info.md5()),
                "the samples must have the MD5 that the header says: header=" + info.md5() + ", found=" + found
                        + "; the file is damaged");
        ended = true;
    }

    /**
     * Copies samples of the frame that {@link #next} decoded.
     *
     * @param from the first one's index within the frame
     * @param target filled from {@code offset} on, [-1, 1)
     */
    public void copy(int channel, int from, int count, float[] target, int offset) {
        float scale = 1f / (1L << (info.bits() - 1));
        for (int i = 0; i < count; i++) {
            target[offset + i] = samples[channel][from + i] * scale;
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
