package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpec.Pooling;
import io.undertone.features.FrontEnd;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the latest blocks of a leg hold, a block being one window hop long: three of 1 s for windows of 3 s every 1 s. A frame
 * belongs to the block in which its last sample lies. Of each frame the levels stay, for the speech gate; pooling by the mean of all
 * frames, a block is the sum of its log-mel energies besides (the DCT is linear, so the DCT of their mean is the mean of their
 * MFCCs), else its frames' log-mel energies in half precision. Not thread-safe.
 */
final class BlockRing {
    private static final int FIRST_CAPACITY = 64;

    private final boolean keepsRows;
    private final int slots;
    private final int width;
    private final int[] frames;
    private final long[] capturedEndMs;
    private final float[][] levelsDb;
    private final float[][] melLevelsDb;
    private final float[][] sums;
    private final short[][] rows;

    BlockRing(FrontEnd frontEnd) {
        FeatureSpec spec = frontEnd.spec();
        keepsRows = spec.pooling() != Pooling.MEAN;
        slots = spec.blocksPerWindow();
        width = spec.melBands();
        frames = new int[slots];
        capturedEndMs = new long[slots];
        levelsDb = new float[slots][FIRST_CAPACITY];
        melLevelsDb = new float[slots][FIRST_CAPACITY];
        sums = new float[keepsRows ? 0 : slots][width];
        rows = new short[keepsRows ? slots : 0][width * FIRST_CAPACITY];
    }

    /** Makes a block's place empty; what stood there is forgotten. */
    void open(long block) {
        int slot = slot(block);
        frames[slot] = 0;
        if (!keepsRows) {
            Arrays.fill(sums[slot], 0);
        }
    }

    /** Adds a frame: {@code [melBands]} energies in dB, its level in dBFS and by its mel energies. */
    void add(long block, float[] logMel, float levelDb, float melLevelDb) {
        int slot = slot(block);
        int frame = frames[slot];
        makeRoom(slot, frame + 1);
        levelsDb[slot][frame] = Half.round(levelDb);
        melLevelsDb[slot][frame] = Half.round(melLevelDb);
        if (keepsRows) {
            for (int i = 0; i < width; i++) {
                rows[slot][frame * width + i] = Half.toHalf(logMel[i]);
            }
        } else {
            float[] sum = sums[slot];
            for (int i = 0; i < width; i++) {
                sum[i] += logMel[i];
            }
        }
        frames[slot]++;
    }

    private void makeRoom(int slot, int needed) {
        if (needed > levelsDb[slot].length) {
            int capacity = Math.max(needed, 2 * levelsDb[slot].length);
            levelsDb[slot] = Arrays.copyOf(levelsDb[slot], capacity);
            melLevelsDb[slot] = Arrays.copyOf(melLevelsDb[slot], capacity);
        }
        if (keepsRows && needed * width > rows[slot].length) {
            rows[slot] = Arrays.copyOf(rows[slot], levelsDb[slot].length * width);
        }
    }

    void setCapturedEndMs(long block, long ms) {
        capturedEndMs[slot(block)] = ms;
    }

    long capturedEndMs(long block) {
        return capturedEndMs[slot(block)];
    }

    int frames(long block) {
        return frames[slot(block)];
    }

    /** Level of a block's frame, dBFS. */
    float levelDb(long block, int frame) {
        return levelsDb[slot(block)][frame];
    }

    /** Copies the levels by mel energies of a block's frames to {@code target} from {@code offset} on; returns where they end. */
    int copyMelLevels(long block, float[] target, int offset) {
        int count = frames(block);
        System.arraycopy(melLevelsDb[slot(block)], 0, target, offset, count);
        return offset + count;
    }

    /** Adds a block's {@code [melBands]} sums to {@code target}. */
    void addSums(long block, float[] target) {
        float[] sum = sums[slot(block)];
        for (int i = 0; i < width; i++) {
            target[i] += sum[i];
        }
    }

    /** Copies a block's {@code [frames][melBands]} energies to {@code target} from {@code offset} on; returns where they end. */
    int copyLogMel(long block, float[] target, int offset) {
        short[] from = rows[slot(block)];
        int count = frames(block) * width;
        for (int i = 0; i < count; i++) {
            target[offset + i] = Half.toFloat(from[i]);
        }
        return offset + count;
    }

    private int slot(long block) {
        return (int) (block % slots);
    }

    /** Bytes of a frame that can be written apart from its block; 0 where blocks are sums. */
    int frameBytes() {
        return keepsRows ? (2 + width) * Short.BYTES : 0;
    }

    /** Writes {@link #frameBytes()} bytes. */
    void writeFrame(ByteBuffer target, long block, int frame) {
        int slot = slot(block);
        target.putShort(Half.toHalf(levelsDb[slot][frame])).putShort(Half.toHalf(melLevelsDb[slot][frame]));
        target.asShortBuffer().put(rows[slot], frame * width, width);
        target.position(target.position() + width * Short.BYTES);
    }

    /** Reads what {@link #writeFrame} wrote into a block that holds as many frames. */
    void readFrame(ByteBuffer source, long block, int frame) {
        int slot = slot(block);
        levelsDb[slot][frame] = Half.toFloat(source.getShort());
        melLevelsDb[slot][frame] = Half.toFloat(source.getShort());
        source.asShortBuffer().get(rows[slot], frame * width, width);
        source.position(source.position() + width * Short.BYTES);
    }

    /**
     * Bytes that {@link #writeTo} writes for blocks {@code [from; to)}.
     *
     * @param framesApart whether frames that can be written apart are
     */
    int stateBytes(long from, long to, boolean framesApart) {
        int bytes = 0;
        for (long block = from; block < to; block++) {
            bytes += Integer.BYTES + Long.BYTES;
            if (!keepsRows) {
                bytes += 2 * frames(block) * Short.BYTES + width * Float.BYTES;
            } else if (!framesApart) {
                bytes += frames(block) * frameBytes();
            }
        }
        return bytes;
    }

    void writeTo(ByteBuffer target, long from, long to, boolean framesApart) {
        for (long block = from; block < to; block++) {
            int slot = slot(block);
            target.putInt(frames[slot]).putLong(capturedEndMs[slot]);
            if (keepsRows && framesApart) {
                continue;
            }
            for (int i = 0; i < frames[slot]; i++) {
                target.putShort(Half.toHalf(levelsDb[slot][i])).putShort(Half.toHalf(melLevelsDb[slot][i]));
            }
            if (keepsRows) {
                int count = frames[slot] * width;
                target.asShortBuffer().put(rows[slot], 0, count);
                target.position(target.position() + count * Short.BYTES);
            } else {
                target.asFloatBuffer().put(sums[slot]);
                target.position(target.position() + width * Float.BYTES);
            }
        }
    }

    void readFrom(ByteBuffer source, long from, long to, boolean framesApart) {
        for (long block = from; block < to; block++) {
            int slot = slot(block);
            int count = source.getInt();
            capturedEndMs[slot] = source.getLong();
            makeRoom(slot, count);
            frames[slot] = count;
            if (keepsRows && framesApart) {
                continue;
            }
            for (int i = 0; i < count; i++) {
                levelsDb[slot][i] = Half.toFloat(source.getShort());
                melLevelsDb[slot][i] = Half.toFloat(source.getShort());
            }
            if (keepsRows) {
                source.asShortBuffer().get(rows[slot], 0, count * width);
                source.position(source.position() + count * width * Short.BYTES);
            } else {
                source.asFloatBuffer().get(sums[slot]);
                source.position(source.position() + width * Float.BYTES);
            }
        }
    }
}
