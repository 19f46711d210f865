package io.undertone.topology;

import java.util.Arrays;

/**
 * Compresses zero bytes: each group of eight becomes a byte that marks the non-zero ones, lowest bit first, followed by these. Counts and
 * times of 32 and 64 bits, which are mostly zeros, shrink to a third. Unpacked data is padded with zeros to a multiple of eight. Stateless.
 */
final class ZeroPacking {
    private static final int GROUP = 8;

    private ZeroPacking() {}

    /** Packs; the result is at most an eighth longer than the input. */
    static byte[] pack(byte[] bytes) {
        byte[] packed = new byte[bytes.length + (bytes.length + GROUP - 1) / GROUP];
        int length = 0;
        for (int start = 0; start < bytes.length; start += GROUP) {
            int tagAt = length++;
            int end = Math.min(bytes.length, start + GROUP);
            for (int i = start; i < end; i++) {
                if (bytes[i] != 0) {
                    packed[tagAt] |= (byte) (1 << (i - start));
                    packed[length++] = bytes[i];
                }
            }
        }
        return Arrays.copyOf(packed, length);
    }

    /**
     * Unpacks {@code packed}, starting at {@code from}.
     *
     * @throws IllegalArgumentException if it is truncated
     */
    static byte[] unpack(byte[] packed, int from) {
        byte[] bytes = new byte[GROUP * (packed.length - from)];
        int length = 0;
        int at = from;
        while (at < packed.length) {
            int tag = packed[at++] & 0xff;
            if (at + Integer.bitCount(tag) > packed.length) {
                throw new IllegalArgumentException("packed bytes must be whole: length=" + packed.length);
            }
            for (int i = 0; i < GROUP; i++) {
                if ((tag >> i & 1) != 0) {
                    bytes[length + i] = packed[at++];
                }
            }
            length += GROUP;
        }
        return Arrays.copyOf(bytes, length);
    }
}
