package io.undertone.audio.flac;

/** The two checksums of a frame (RFC 9639, 9.1.8 and 9.3): both begin at 0 and process the most significant bit first. */
final class Crc {
    private static final int POLYNOMIAL_8 = 0x07;
    private static final int POLYNOMIAL_16 = 0x8005;
    private static final int[] TABLE_8 = table(POLYNOMIAL_8, 8);
    private static final int[] TABLE_16 = table(POLYNOMIAL_16, 16);

    private Crc() {}

    private static int[] table(int polynomial, int width) {
        int[] table = new int[256];
        int top = 1 << (width - 1);
        for (int value = 0; value < 256; value++) {
            int crc = value << (width - 8);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & top) == 0 ? crc << 1 : crc << 1 ^ polynomial;
            }
            table[value] = crc & ((top << 1) - 1);
        }
        return table;
    }

    /** The CRC-8 after one more byte, 0-255. */
    static int next8(int crc, int value) {
        return TABLE_8[crc ^ value];
    }

    /** The CRC-16 after bytes {@code [from; to)}. */
    static int next16(int crc, byte[] bytes, int from, int to) {
        int next = crc;
        for (int i = from; i < to; i++) {
            next = ((next & 0xff) << 8) ^ TABLE_16[(next >> 8) ^ (bytes[i] & 0xff)];
        }
        return next;
    }
}
