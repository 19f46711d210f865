package io.undertone.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads an AIFF file (Apple, 1989) or an AIFF-C one (1991) of uncompressed or G.711 samples. */
final class AiffReader {
    private static final int MAX_COMMON_BYTES = 1_024;
    private static final int EXPONENT_BIAS = 16_383;

    /** The content of {@code COMM}. */
    private record Common(PcmCoding coding, ByteOrder order, int channels, int sampleRateHz) {}

    private final AudioInput in;
    private @Nullable Common common;

    AiffReader(AudioInput in) {
        this.in = in;
    }

    AudioStream open() throws IOException {
        ByteBuffer form = in.take(12, ByteOrder.BIG_ENDIAN);
        long fileEnd = 8 + Integer.toUnsignedLong(form.getInt(4));
        while (in.peek(8).length == 8) {
            ByteBuffer header = in.take(8, ByteOrder.BIG_ENDIAN);
            String name = text(header, 0);
            long size = Integer.toUnsignedLong(header.getInt(4));
            switch (name) {
                case "COMM" -> readCommon(size);
                case "SSND" -> {
                    return sound(size, fileEnd);
                }
                default -> in.skip(size + size % 2);
            }
        }
        throw in.refuse("must hold a chunk SSND: none found; the file is cut short or damaged");
    }

    private static String text(ByteBuffer buffer, int at) {
        byte[] text = new byte[4];
        buffer.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private void readCommon(long size) throws IOException {
        in.require(
                size >= 18 && size <= MAX_COMMON_BYTES && size <= in.left(),
                "chunk COMM must hold 18 to 1024 bytes: size=" + size + "; the header is damaged");
        ByteBuffer chunk = in.take((int) size, ByteOrder.BIG_ENDIAN);
        in.skip(size % 2);
        int bits = chunk.getShort(6);
        String compression = size >= 22 ? text(chunk, 18) : "NONE";
        PcmCoding coding = switch (compression) {
            case "NONE", "twos", "sowt", "in24", "in32" -> integers(bits);
            case "raw " -> PcmCoding.UNSIGNED_8;
            case "fl32", "FL32" -> PcmCoding.FLOAT_32;
            case "fl64", "FL64" -> PcmCoding.FLOAT_64;
            case "ulaw", "ULAW" -> PcmCoding.MULAW;
            case "alaw", "ALAW" -> PcmCoding.ALAW;
            default ->
                throw in.refuse("compression must be none, float, mu-law or A-law: compression="
                        + compression.replaceAll("[^ -~]", "?") + "; convert it: "
                        + OtherFormat.conversion(in.name()));
        };
        ByteOrder order = compression.equals("sowt") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        common = new Common(coding, order, chunk.getShort(0) & 0xffff, rate(chunk));
    }

    private PcmCoding integers(int bits) throws AudioFileException {
        in.require(bits >= 1 && bits <= 32, "samples must have 1 to 32 bits: bits=" + bits + "; the header is damaged");
        return PcmCoding.signed((bits + 7) / 8);
    }

    /** The sample rate, an 80-bit float: sign and exponent of 16 bits, mantissa of 64 without a hidden one. */
    private static int rate(ByteBuffer chunk) {
        int exponent = (chunk.getShort(8) & 0x7fff) - EXPONENT_BIAS;
        long mantissa = chunk.getLong(10);
        return exponent < 0 || exponent > 30 ? 0 : (int) (mantissa >>> (63 - exponent));
    }

    private AudioStream sound(long size, long fileEnd) throws IOException {
        Common of = common;
        if (of == null) {
            throw in.refuse(
                    "chunk COMM must come before SSND: none found; convert it: " + OtherFormat.conversion(in.name()));
        }
        long offset = Integer.toUnsignedLong(in.take(8, ByteOrder.BIG_ENDIAN).getInt(0));
        in.require(
                offset <= in.left(),
                "sound must lie within the file: offset=" + offset + "; the file is cut short or damaged");
        in.skip(offset);
        long said = size < 8 ? 0 : Math.max(0, size - 8 - offset);
        long bytes = new DataSize(in, ByteOrder.BIG_ENDIAN).of(said, fileEnd);
        return new PcmStream(in, of.coding, of.order, of.channels, of.sampleRateHz, bytes);
    }
}
