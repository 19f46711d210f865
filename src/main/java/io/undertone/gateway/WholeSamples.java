package io.undertone.gateway;

import java.nio.ByteBuffer;

/**
 * Cuts a stream of bytes into whole units, wherever its messages were split: of 3 and then 5 bytes of 16-bit samples, 2 and 6 come out.
 * Not thread-safe.
 */
final class WholeSamples {
    private byte[] rest = new byte[0];

    /**
     * What is whole now, with what was left of before in front.
     *
     * @param bytes read to the end
     * @param unit bytes that belong together: of a sample, or of one sample of each channel
     */
    byte[] take(ByteBuffer bytes, int unit) {
        int all = rest.length + bytes.remaining();
        byte[] whole = new byte[all - all % unit];
        byte[] left = new byte[all % unit];
        if (whole.length == 0) {
            System.arraycopy(rest, 0, left, 0, rest.length);
            bytes.get(left, rest.length, bytes.remaining());
        } else {
            // What is left of before is less than a unit, so it fits.
            System.arraycopy(rest, 0, whole, 0, rest.length);
            bytes.get(whole, rest.length, whole.length - rest.length);
            bytes.get(left);
        }
        rest = left;
        return whole;
    }

    /** Forgets what is left: other bytes come now. */
    void clear() {
        rest = new byte[0];
    }
}
