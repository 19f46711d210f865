package io.undertone.gateway;

import java.nio.ByteBuffer;

/**
 * Cuts a stream of bytes into whole units, wherever its messages were split: for 16-bit samples, messages of 3 and 5 bytes give 2 and 6.
 * Not thread-safe.
 */
final class WholeSamples {
    private byte[] rest = new byte[0];

    /**
     * The units that are now complete, including bytes left over from earlier calls.
     *
     * @param bytes read to the end
     * @param unit bytes per unit: of one sample, or of one sample of each channel
     */
    byte[] take(ByteBuffer bytes, int unit) {
        int all = rest.length + bytes.remaining();
        byte[] whole = new byte[all - all % unit];
        byte[] left = new byte[all % unit];
        if (whole.length == 0) {
            System.arraycopy(rest, 0, left, 0, rest.length);
            bytes.get(left, rest.length, bytes.remaining());
        } else {
            // The rest of earlier calls is shorter than a unit, so it fits.
            System.arraycopy(rest, 0, whole, 0, rest.length);
            bytes.get(whole, rest.length, whole.length - rest.length);
            bytes.get(left);
        }
        rest = left;
        return whole;
    }

    /** Discards leftover bytes before another stream. */
    void clear() {
        rest = new byte[0];
    }
}
