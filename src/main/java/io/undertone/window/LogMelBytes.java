package io.undertone.window;

import java.nio.ByteBuffer;

/**
 * The log-mel energies of one frame as a byte each, between the frame's lowest and its highest, in whole dB: of a frame from -71.3 to
 * -20.8 dB, [-72; -20] dB in 255 steps of 0.2 dB, so that the error is at most 0.1 dB. A lowest energy in whole dB is exact,
 * as that of digital silence is. The lowest (a byte, -128 to 127) and the range (a byte, 1 to 255) precede the bytes. Stateless.
 */
final class LogMelBytes {
    private static final int HEADER_BYTES = 2;
    private static final int STEPS = 255;

    private LogMelBytes() {}

    /** Bytes of a frame of this many bands. */
    static int bytes(int bands) {
        return HEADER_BYTES + bands;
    }

    /**
     * Writes {@link #bytes} of them.
     *
     * @param logMel {@code [bands]} in dB
     */
    static void write(float[] logMel, int bands, byte[] target, int offset) {
        float lowest = logMel[0];
        float highest = logMel[0];
        for (int band = 1; band < bands; band++) { // comparisons, as in ByteGrid
            float value = logMel[band];
            if (value < lowest) {
                lowest = value;
            }
            if (value > highest) {
                highest = value;
            }
        }
        int fromDb = (int) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, Math.floor(lowest)));
        int rangeDb = (int) Math.max(1, Math.min(STEPS, Math.ceil((double) highest - fromDb)));
        target[offset] = (byte) fromDb;
        target[offset + 1] = (byte) rangeDb;
        float perDb = (float) STEPS / rangeDb;
        for (int band = 0; band < bands; band++) {
            float step = ByteGrid.whole((logMel[band] - fromDb) * perDb);
            target[offset + HEADER_BYTES + band] = (byte) (step < 0 ? 0 : step > STEPS ? STEPS : (int) step);
        }
    }

    /**
     * Reads consecutive frames.
     *
     * @param frames number of frames
     * @param stride bytes from one frame to the next, at least {@link #bytes}
     * @param target {@code [bands][]}, of which frames from {@code to} on are filled, dB
     */
    static void read(byte[] source, int offset, int frames, int bands, int stride, float[][] target, int to) {
        for (int frame = 0; frame < frames; frame++) {
            int at = offset + frame * stride;
            int fromDb = source[at];
            float step = (source[at + 1] & 0xff) / (float) STEPS;
            for (int band = 0; band < bands; band++) {
                target[band][to + frame] = fromDb + (source[at + HEADER_BYTES + band] & 0xff) * step;
            }
        }
    }

    /** Bytes of a frame as earlier releases wrote it, with a short for the lowest energy. */
    static int bytesWithShort(int bands) {
        return Short.BYTES + 1 + bands;
    }

    /** Converts {@link #bytesWithShort} of them to {@link #bytes} of {@code target}; no audio has energies that only a short holds. */
    static void writeWithShort(ByteBuffer source, int bands, byte[] target, int offset) {
        target[offset] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, source.getShort()));
        source.get(target, offset + 1, 1 + bands);
    }

    /** Converts the {@code [bands]} halves that earlier releases wrote to {@link #bytes} of {@code target}. */
    static void writeHalves(ByteBuffer source, int bands, byte[] target, int offset) {
        float[] logMel = new float[bands];
        for (int band = 0; band < bands; band++) {
            logMel[band] = Half.toFloat(source.getShort());
        }
        write(logMel, bands, target, offset);
    }
}
