package io.undertone.window;

import java.nio.ByteBuffer;

/**
 * The two levels of one frame in three bytes, twelve bits each: steps of a 32nd of a dB above -120 dBFS, so that up to 7.97 dBFS the error is at most
 * a 64th. Of -30.00 dBFS, 2,880 steps are written. Stateless.
 */
final class LevelBytes {
    /** Bytes of a frame. */
    static final int BYTES = 3;

    private static final int PER_DB = 32;
    private static final int LEAST_DB = -120;
    private static final int BITS = 12;
    private static final int MOST_STEPS = (1 << BITS) - 1;

    private LevelBytes() {}

    /** The level that survives a stay in bytes, dBFS. */
    static float round(float levelDb) {
        return level(steps(levelDb));
    }

    private static int steps(float levelDb) {
        return (int) Math.max(0, Math.min(MOST_STEPS, ByteGrid.whole((levelDb - LEAST_DB) * PER_DB)));
    }

    private static float level(int steps) {
        return LEAST_DB + steps / (float) PER_DB;
    }

    /** Writes {@link #BYTES} of them. */
    static void write(float levelDb, float melLevelDb, ByteBuffer target) {
        int both = steps(levelDb) << BITS | steps(melLevelDb);
        target.putShort((short) (both >> 8)).put((byte) both);
    }

    /** Reads {@link #BYTES} of them. */
    static void read(ByteBuffer source, float[] levelsDb, float[] melLevelsDb, int frame) {
        int both = (source.getShort() & 0xffff) << 8 | source.get() & 0xff;
        levelsDb[frame] = level(both >> BITS);
        melLevelsDb[frame] = level(both & MOST_STEPS);
    }

    /** Reads what earlier releases wrote, two halves. */
    static void readHalves(ByteBuffer source, float[] levelsDb, float[] melLevelsDb, int frame) {
        levelsDb[frame] = round(Half.toFloat(source.getShort()));
        melLevelsDb[frame] = round(Half.toFloat(source.getShort()));
    }
}
