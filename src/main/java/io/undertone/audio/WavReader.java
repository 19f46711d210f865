package io.undertone.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a RIFF WAVE file (Microsoft, Multimedia Programming Interface 1.0, 1991; WAVE_FORMAT_EXTENSIBLE, 2001), its extension for more than 4 GB
 * (RF64, EBU Tech 3306; BW64, ITU-R BS.2088) and the big-endian form (RIFX). Chunks other than {@code fmt }, {@code ds64},
 * {@code fact} and {@code data} are skipped.
 */
final class WavReader {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int ALAW = 6;
    private static final int MULAW = 7;
    private static final int GSM = 0x31;

    /** The actual format is in the extension. */
    private static final int EXTENSIBLE = 0xfffe;

    private static final int MAX_FORMAT_BYTES = 1_024;
    private static final long IN_DS64 = 0xffff_ffffL;

    /** Names of unsupported codecs. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(0x02, "Microsoft ADPCM"),
            Map.entry(0x10, "OKI ADPCM"),
            Map.entry(0x11, "IMA ADPCM"),
            Map.entry(0x14, "G.723 ADPCM"),
            Map.entry(0x22, "TrueSpeech"),
            Map.entry(0x40, "G.721 ADPCM"),
            Map.entry(0x42, "G.723.1"),
            Map.entry(0x45, "G.726 ADPCM"),
            Map.entry(0x50, "MPEG audio"),
            Map.entry(0x55, "MP3"),
            Map.entry(0x64, "G.726 ADPCM"),
            Map.entry(0x65, "G.722 ADPCM"),
            Map.entry(0x83, "G.729"),
            Map.entry(0xff, "AAC"),
            Map.entry(0x133, "G.729"),
            Map.entry(0x161, "Windows Media Audio"),
            Map.entry(0x162, "Windows Media Audio"),
            Map.entry(0x1610, "AAC"),
            Map.entry(0xa109, "Speex"));

    /** The content of {@code fmt }, and the resulting coding. */
    private record Format(@Nullable PcmCoding coding, int channels, int sampleRateHz, int blockBytes) {}

    private final AudioInput in;
    private final ByteOrder order;
    private @Nullable Format format;
    private long factSamples;
    private long longDataBytes = -1;

    WavReader(AudioInput in, ByteOrder order) {
        this.in = in;
        this.order = order;
    }

    AudioStream open() throws IOException {
        ByteBuffer riff = in.take(12, order);
        long fileEnd = 8 + Integer.toUnsignedLong(riff.getInt(4));
        while (in.peek(8).length == 8) {
            ByteBuffer header = in.take(8, order);
            byte[] id = new byte[4];
            header.get(id);
            long size = Integer.toUnsignedLong(header.getInt());
            switch (new String(id, StandardCharsets.ISO_8859_1)) {
                case "fmt " -> readFormat(size);
                case "ds64" -> readLongSizes(size);
                case "fact" -> readFact(size);
                case "data" -> {
                    return data(size == IN_DS64 && longDataBytes >= 0 ? longDataBytes : size, fileEnd);
                }
                default -> pass(size);
            }
        }
        throw in.refuse("must hold a data chunk: none found; the file is cut short or damaged");
    }

    /** Skips a chunk and its padding byte, which some programs leave out. */
    private void pass(long size) throws IOException {
        in.skip(size);
        if (size % 2 == 1) {
            byte[] next = in.peek(5);
            if (!(DataSize.isName(next, 0) && !DataSize.isName(next, 1))) {
                in.skip(1);
            }
        }
    }

    private void readLongSizes(long size) throws IOException {
        in.require(
                size >= 16 && size <= in.left(),
                "chunk ds64 must hold 16 bytes at least: size=" + size + "; the header is damaged");
        longDataBytes = Math.max(0, in.take(16, order).getLong(8));
        in.skip(size - 16 + size % 2);
    }

    private void readFact(long size) throws IOException {
        long rest = size + size % 2;
        if (size >= 4) {
            factSamples = Integer.toUnsignedLong(in.take(4, order).getInt());
            rest -= 4;
        }
        in.skip(rest);
    }

    private void readFormat(long size) throws IOException {
        in.require(
                size >= 16 && size <= MAX_FORMAT_BYTES,
                "format chunk must hold 16 to 1024 bytes: size=" + size + "; the header is damaged");
        in.require(
                size <= in.left(),
                "format chunk must be whole: size=" + size + ", left=" + in.left()
                        + "; the file is cut short, copy it again");
        ByteBuffer chunk = in.take((int) size, order);
        in.skip(size % 2);
        int tag = chunk.getShort() & 0xffff;
        int channels = chunk.getShort() & 0xffff;
        int sampleRateHz = chunk.getInt();
        chunk.getInt();
        int blockBytes = chunk.getShort() & 0xffff;
        int bits = chunk.getShort() & 0xffff;
        if (tag == EXTENSIBLE) {
            in.require(
                    size >= 26,
                    "extensible format must hold 26 bytes at least: size=" + size + "; the header is damaged");
            tag = chunk.getShort(24) & 0xffff;
        }
        in.require(channels >= 1, "channels must be >= 1: channels=" + channels + "; the header is damaged");
        format = new Format(coding(tag, bits, blockBytes, channels), channels, sampleRateHz, blockBytes);
    }

    /** Null for GSM, whose samples have no fixed size. */
    private @Nullable PcmCoding coding(int tag, int bits, int blockBytes, int channels) throws AudioFileException {
        int width = blockBytes % channels == 0 ? blockBytes / channels : 0;
        return switch (tag) {
            // Always one byte per sample, whatever bits and block size say: recorders copy those from other formats.
            case ALAW -> PcmCoding.ALAW;
            case MULAW -> PcmCoding.MULAW;
            case GSM -> null;
            case PCM -> integers(bits, width, blockBytes);
            case FLOAT -> floats(bits, width, blockBytes);
            default ->
                throw in.refuse("format must be PCM of 8 to 32 bits, float, mu-law, A-law or GSM 6.10: "
                        + OTHERS.getOrDefault(tag, "unknown") + ", tag=" + tag + ", bits=" + bits + "; convert it: "
                        + OtherFormat.conversion(in.name()));
        };
    }

    /** @param width bytes of a sample according to the block size; 0: not given */
    private PcmCoding integers(int bits, int width, int blockBytes) throws AudioFileException {
        if (bits < 1 || bits > 32) {
            in.require(
                    width >= 1 && width <= 4,
                    "PCM samples must have 8 to 32 bits: bits=" + bits + ", blockAlign=" + blockBytes
                            + "; the header is damaged");
            in.remark("the header says " + bits + " bits a sample: read as " + width * 8
                    + ", which its block size means");
            return width == 1 ? PcmCoding.UNSIGNED_8 : PcmCoding.signed(width);
        }
        int bytes = (bits + 7) / 8;
        // 24 bits may be in the upper 3 of 4 bytes; in any other contradiction the block size is wrong.
        if (bytes == 3 && width == 4) {
            return PcmCoding.SIGNED_32;
        }
        remarkBlock(bytes, width, blockBytes);
        return bytes == 1 ? PcmCoding.UNSIGNED_8 : PcmCoding.signed(bytes);
    }

    private PcmCoding floats(int bits, int width, int blockBytes) throws AudioFileException {
        int bytes = bits == 32 || bits == 64 ? bits / 8 : width;
        in.require(
                bytes == 4 || bytes == 8,
                "floats must have 32 or 64 bits: bits=" + bits + ", blockAlign=" + blockBytes
                        + "; the header is damaged");
        remarkBlock(bytes, width, blockBytes);
        return bytes == 4 ? PcmCoding.FLOAT_32 : PcmCoding.FLOAT_64;
    }

    private void remarkBlock(int bytes, int width, int blockBytes) {
        if (width != bytes) {
            in.remark("the header's block size of " + blockBytes + " bytes contradicts its bits: read as " + bytes * 8
                    + " bits a sample");
        }
    }

    private AudioStream data(long said, long fileEnd) throws IOException {
        Format of = format;
        if (of == null) {
            throw in.refuse("format chunk must come before the data chunk: none found; the file is damaged");
        }
        long bytes = new DataSize(in, order).of(said, fileEnd);
        if (of.coding == null) {
            in.require(
                    of.channels == 1,
                    "GSM 6.10 must have one channel: channels=" + of.channels + "; the header is damaged");
            return new GsmStream(in, of.sampleRateHz, bytes, factSamples);
        }
        return new PcmStream(in, of.coding, order, of.channels, of.sampleRateHz, bytes);
    }
}
