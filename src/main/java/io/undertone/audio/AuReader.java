package io.undertone.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads an AU file, as Sun's and NeXT's programs and some exchanges write it: a header, then samples to the end. */
final class AuReader {
    private static final int HEADER_BYTES = 24;

    private final AudioInput in;

    AuReader(AudioInput in) {
        this.in = in;
    }

    AudioStream open() throws IOException {
        ByteBuffer header = in.take(HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        long begin = Integer.toUnsignedLong(header.getInt(4));
        long said = Integer.toUnsignedLong(header.getInt(8));
        int tag = header.getInt(12);
        in.require(
                begin >= HEADER_BYTES && begin - HEADER_BYTES <= in.left(),
                "header must hold 24 bytes at least and lie within the file: size=" + begin
                        + "; the header is damaged");
        PcmCoding coding = switch (tag) {
            case 1 -> PcmCoding.MULAW;
            case 2 -> PcmCoding.SIGNED_8;
            case 3 -> PcmCoding.SIGNED_16;
            case 4 -> PcmCoding.SIGNED_24;
            case 5 -> PcmCoding.SIGNED_32;
            case 6 -> PcmCoding.FLOAT_32;
            case 7 -> PcmCoding.FLOAT_64;
            case 27 -> PcmCoding.ALAW;
            default ->
                throw in.refuse("encoding must be PCM, float, mu-law or A-law: encoding=" + tag + "; convert it: "
                        + OtherFormat.conversion(in.name()));
        };
        in.skip(begin - HEADER_BYTES);
        long bytes = new DataSize(in, ByteOrder.BIG_ENDIAN).of(said, 0);
        return new PcmStream(in, coding, ByteOrder.BIG_ENDIAN, header.getInt(20), header.getInt(16), bytes);
    }
}
