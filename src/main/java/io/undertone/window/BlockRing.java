package io.undertone.window;

import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpec.Pooling;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The latest blocks of a leg, each one window hop long: three of 1 s for windows of 3 s every 1 s. A frame
 * belongs to the block in which its last sample lies. A block keeps the levels of its frames for the speech gate and, if windows are the mean
 * of all frames, the sum of their log-mel energies (the DCT is linear, so the DCT of their mean is the mean of their
 * MFCCs), otherwise the log-mel energies of each frame as bytes ({@link LogMelBytes}), and its pitch if the spec needs it
 * ({@link PitchBytes}). Not thread-safe.
 */
final class BlockRing {
    private static final int FIRST_CAPACITY = 64;

    private final boolean keepsRows;
    private final int slots;
    private final int width;
    private final int rowBytes;
    /** Where the pitch begins in a row; {@link #rowBytes} if there is none. */
    private final int pitchAt;

    private final int[] frames;
    private final long[] capturedEndMs;
    private final float[][] levelsDb;
    private final float[][] melLevelsDb;
    private final float[][] sums;
    private final byte[][] rows;

    BlockRing(FrontEnd frontEnd) {
        FeatureSpec spec = frontEnd.spec();
        keepsRows = spec.pooling() != Pooling.MEAN;
        slots = spec.blocksPerWindow();
        width = spec.melBands();
        pitchAt = LogMelBytes.bytes(width);
        rowBytes = pitchAt + (spec.trackedPitch() == null ? 0 : PitchBytes.BYTES);
        frames = new int[slots];
        capturedEndMs = new long[slots];
        levelsDb = new float[slots][FIRST_CAPACITY];
        melLevelsDb = new float[slots][FIRST_CAPACITY];
        sums = new float[keepsRows ? 0 : slots][width];
        rows = new byte[keepsRows ? slots : 0][rowBytes * FIRST_CAPACITY];
    }

    /** Clears a block's slot. */
    void open(long block) {
        int slot = slot(block);
        frames[slot] = 0;
        if (!keepsRows) {
            Arrays.fill(sums[slot], 0);
        }
    }

    /** Adds the frame that was analysed last. */
    void add(long block, LogMelProcessor analysed) {
        int slot = slot(block);
        int frame = frames[slot];
        makeRoom(slot, frame + 1);
        float[] logMel = analysed.logMel();
        levelsDb[slot][frame] = LevelBytes.round(analysed.levelDb());
        melLevelsDb[slot][frame] = LevelBytes.round(analysed.melLevelDb());
        if (keepsRows) {
            LogMelBytes.write(logMel, width, rows[slot], frame * rowBytes);
            if (pitchAt < rowBytes) {
                PitchBytes.write(analysed.octaves(), analysed.voicing(), rows[slot], frame * rowBytes + pitchAt);
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
        if (keepsRows && needed * rowBytes > rows[slot].length) {
            rows[slot] = Arrays.copyOf(rows[slot], levelsDb[slot].length * rowBytes);
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

    /** Copies the mel levels of a block's frames to {@code target} from {@code offset} on; returns their end. */
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

    /** Copies a block's energies to {@code [melBands][]} of {@code target} from frame {@code to} on; returns their end. */
    int copyLogMel(long block, float[][] target, int to) {
        int count = frames(block);
        LogMelBytes.read(rows[slot(block)], 0, count, width, rowBytes, target, to);
        return to + count;
    }

    /** Copies the pitch of a block's frames, octaves and voicing, from frame {@code to} on; returns their end. */
    int copyPitch(long block, float[] octaves, float[] voicing, int to) {
        int count = frames(block);
        byte[] source = rows[slot(block)];
        for (int frame = 0; frame < count; frame++) {
            int at = frame * rowBytes + pitchAt;
            octaves[to + frame] = PitchBytes.octaves(source, at);
            voicing[to + frame] = PitchBytes.voicing(source, at);
        }
        return to + count;
    }

    private int slot(long block) {
        return (int) (block % slots);
    }

    /** Bytes of a frame that is stored separately from its block; 0 if blocks are sums. */
    int frameBytes(FrameFormat format) {
        if (!keepsRows) {
            return 0;
        }
        return switch (format) {
            case HALVES -> (2 + width) * Short.BYTES;
            case HALF_LEVELS -> 2 * Short.BYTES + LogMelBytes.bytesWithShort(width) + rowBytes - pitchAt;
            case BYTES -> LevelBytes.BYTES + rowBytes;
        };
    }

    /** Writes {@link #frameBytes} of the current format. */
    void writeFrame(ByteBuffer target, long block, int frame) {
        int slot = slot(block);
        LevelBytes.write(levelsDb[slot][frame], melLevelsDb[slot][frame], target);
        target.put(rows[slot], frame * rowBytes, rowBytes);
    }

    /** Reads what {@link #writeFrame} of this release or an earlier one wrote into a block that holds as many frames. */
    void readFrame(ByteBuffer source, long block, int frame, FrameFormat format) {
        readLevels(source, slot(block), frame, format);
        readRow(source, rows[slot(block)], frame * rowBytes, format);
    }

    private void readLevels(ByteBuffer source, int slot, int frame, FrameFormat format) {
        if (format == FrameFormat.BYTES) {
            LevelBytes.read(source, levelsDb[slot], melLevelsDb[slot], frame);
        } else {
            LevelBytes.readHalves(source, levelsDb[slot], melLevelsDb[slot], frame);
        }
    }

    private void readRow(ByteBuffer source, byte[] target, int offset, FrameFormat format) {
        switch (format) {
            case HALVES -> LogMelBytes.writeHalves(source, width, target, offset);
            case HALF_LEVELS -> {
                LogMelBytes.writeWithShort(source, width, target, offset);
                source.get(target, offset + pitchAt, rowBytes - pitchAt);
            }
            default -> source.get(target, offset, rowBytes);
        }
    }

    /**
     * Bytes that {@link #writeTo} writes for blocks {@code [from; to)}.
     *
     * @param framesApart whether frames are written separately
     */
    int stateBytes(long from, long to, boolean framesApart) {
        int bytes = 0;
        for (long block = from; block < to; block++) {
            bytes += Integer.BYTES + Long.BYTES;
            if (!keepsRows) {
                bytes += frames(block) * LevelBytes.BYTES + width * Float.BYTES;
            } else if (!framesApart) {
                bytes += frames(block) * frameBytes(FrameFormat.CURRENT);
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
            if (keepsRows) {
                for (int frame = 0; frame < frames[slot]; frame++) {
                    writeFrame(target, block, frame);
                }
                continue;
            }
            for (int i = 0; i < frames[slot]; i++) {
                LevelBytes.write(levelsDb[slot][i], melLevelsDb[slot][i], target);
            }
            target.asFloatBuffer().put(sums[slot]);
            target.position(target.position() + width * Float.BYTES);
        }
    }

    /** Reads what {@link #writeTo} wrote; releases with half precision wrote energies after all levels of a block. */
    void readFrom(ByteBuffer source, long from, long to, boolean framesApart, FrameFormat format) {
        for (long block = from; block < to; block++) {
            int slot = slot(block);
            int count = source.getInt();
            capturedEndMs[slot] = source.getLong();
            makeRoom(slot, count);
            frames[slot] = count;
            if (keepsRows && framesApart) {
                continue;
            }
            if (keepsRows && format != FrameFormat.HALVES) {
                for (int frame = 0; frame < count; frame++) {
                    readFrame(source, block, frame, format);
                }
                continue;
            }
            for (int frame = 0; frame < count; frame++) {
                readLevels(source, slot, frame, format);
            }
            if (keepsRows) {
                for (int frame = 0; frame < count; frame++) {
                    readRow(source, rows[slot], frame * rowBytes, format);
                }
            } else {
                source.asFloatBuffer().get(sums[slot]);
                source.position(source.position() + width * Float.BYTES);
            }
        }
    }
}
