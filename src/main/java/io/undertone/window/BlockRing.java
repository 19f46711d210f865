package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpec.Pooling;
import io.undertone.features.FrontEnd;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the latest blocks of a leg hold, a block being one window hop long: three of 1 s for windows of 3 s every 1 s. A frame
 * belongs to the block in which its last sample lies. Pooling by mean, a block is the sum of its frames' log-mel energies (the DCT
 * is linear, so the DCT of their mean is the mean of their MFCCs); pooling by frames, its speech frames' MFCCs in half precision.
 * Not thread-safe.
 */
final class BlockRing {
    private final FrontEnd frontEnd;
    private final boolean byFrames;
    private final boolean speechOnly;
    private final int slots;
    private final int width;
    private final int[] frames;
    private final int[] speechFrames;
    private final float[] levelSums;
    private final long[] capturedEndMs;
    private final float[][] sums;
    private final short[][] rows;
    private final float[] row;

    BlockRing(FrontEnd frontEnd) {
        FeatureSpec spec = frontEnd.spec();
        this.frontEnd = frontEnd;
        byFrames = spec.pooling() == Pooling.FRAMES;
        speechOnly = spec.pooling() != Pooling.MEAN;
        slots = spec.blocksPerWindow();
        width = byFrames ? spec.coefficients() : spec.melBands();
        frames = new int[slots];
        speechFrames = new int[slots];
        levelSums = new float[slots];
        capturedEndMs = new long[slots];
        sums = new float[byFrames ? 0 : slots][width];
        rows = new short[byFrames ? slots : 0][width * 8];
        row = new float[width];
    }

    /** Makes a block's place empty; what stood there is forgotten. */
    void open(long block) {
        int slot = slot(block);
        frames[slot] = 0;
        speechFrames[slot] = 0;
        levelSums[slot] = 0;
        if (!byFrames) {
            Arrays.fill(sums[slot], 0);
        }
    }

    /** Adds a frame: {@code [melBands]} energies in dB. */
    void add(long block, float[] logMel, float levelDb, boolean speech) {
        int slot = slot(block);
        frames[slot]++;
        if (speech) {
            levelSums[slot] += levelDb;
        }
        if (byFrames && speech) {
            addRow(slot, logMel);
        } else if (!byFrames && (speech || !speechOnly)) {
            float[] sum = sums[slot];
            for (int i = 0; i < width; i++) {
                sum[i] += logMel[i];
            }
        }
        if (speech) {
            speechFrames[slot]++;
        }
    }

    private void addRow(int slot, float[] logMel) {
        int at = speechFrames[slot] * width;
        if (at + width > rows[slot].length) {
            rows[slot] = Arrays.copyOf(rows[slot], rows[slot].length * 2);
        }
        frontEnd.mfcc(logMel, 0, row, 0);
        for (int i = 0; i < width; i++) {
            rows[slot][at + i] = Half.toHalf(row[i]);
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

    int speechFrames(long block) {
        return speechFrames[slot(block)];
    }

    float levelSum(long block) {
        return levelSums[slot(block)];
    }

    /** Adds a block's {@code [melBands]} sums to {@code target}. */
    void addSums(long block, float[] target) {
        float[] sum = sums[slot(block)];
        for (int i = 0; i < width; i++) {
            target[i] += sum[i];
        }
    }

    /** Copies a block's rows of MFCCs to {@code target} from {@code offset} on; returns where they end. */
    int copyRows(long block, float[] target, int offset) {
        short[] from = rows[slot(block)];
        int count = speechFrames(block) * width;
        for (int i = 0; i < count; i++) {
            target[offset + i] = Half.toFloat(from[i]);
        }
        return offset + count;
    }

    private int slot(long block) {
        return (int) (block % slots);
    }

    /** Bytes that {@link #writeTo} writes for blocks {@code [from; to)}. */
    int stateBytes(long from, long to) {
        int bytes = 0;
        for (long block = from; block < to; block++) {
            bytes += 3 * Integer.BYTES + Long.BYTES;
            bytes += byFrames ? speechFrames(block) * width * Short.BYTES : width * Float.BYTES;
        }
        return bytes;
    }

    void writeTo(ByteBuffer target, long from, long to) {
        for (long block = from; block < to; block++) {
            int slot = slot(block);
            target.putInt(frames[slot])
                    .putInt(speechFrames[slot])
                    .putFloat(levelSums[slot])
                    .putLong(capturedEndMs[slot]);
            if (byFrames) {
                int count = speechFrames[slot] * width;
                target.asShortBuffer().put(rows[slot], 0, count);
                target.position(target.position() + count * Short.BYTES);
            } else {
                target.asFloatBuffer().put(sums[slot]);
                target.position(target.position() + width * Float.BYTES);
            }
        }
    }

    void readFrom(ByteBuffer source, long from, long to) {
        for (long block = from; block < to; block++) {
            int slot = slot(block);
            frames[slot] = source.getInt();
            speechFrames[slot] = source.getInt();
            levelSums[slot] = source.getFloat();
            capturedEndMs[slot] = source.getLong();
            if (byFrames) {
                int count = speechFrames[slot] * width;
                rows[slot] = new short[Math.max(width * 8, count)];
                source.asShortBuffer().get(rows[slot], 0, count);
                source.position(source.position() + count * Short.BYTES);
            } else {
                source.asFloatBuffer().get(sums[slot]);
                source.position(source.position() + width * Float.BYTES);
            }
        }
    }
}
