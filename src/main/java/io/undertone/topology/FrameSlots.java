package io.undertone.topology;

import io.undertone.window.FrameFormat;
import io.undertone.window.LegFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The slots of a leg's latest frames in the store: each entry holds the frames that were new at one snapshot, in a slot whose frames are no
 * longer needed by any window, or in an additional slot. With snapshots every 200 ms, 16 slots hold the 3 s of a window. An
 * entry begins with its format, then the stretch of audio and the number of its first frame as variable-length integers; entries of the
 * earliest releases, whose frames were half-precision, have eight bytes for each of these two, and so begin with a 0. Not thread-safe.
 */
final class FrameSlots {
    // First bytes of entries.
    private static final byte HALVES = 0;
    private static final byte HALF_LEVELS = 1;
    private static final byte CURRENT = 2;

    private record Slot(long stretch, long to) {}

    private final List<Slot> slots = new ArrayList<>();
    private long stretch;
    private long writtenTo;

    /** The number of slots. */
    int count() {
        return slots.size();
    }

    /** The length of {@link #entry} in bytes; 0 if no frame is new. */
    int newBytes(LegFrames frames) {
        long first = firstNew(frames);
        return first == frames.to()
                ? 0
                : headerBytes(frames, first) + (int) (frames.to() - first) * frames.bytesEach(FrameFormat.CURRENT);
    }

    private static int headerBytes(LegFrames frames, long first) {
        return 1 + ByteUtils.sizeOfVarlong(frames.stretch()) + ByteUtils.sizeOfVarlong(first);
    }

    private long firstNew(LegFrames frames) {
        return frames.stretch() == stretch ? Math.max(writtenTo, frames.from()) : frames.from();
    }

    /** The slot for {@link #entry}: the first that may be overwritten. */
    int freeSlot(LegFrames frames) {
        int slot = 0;
        while (slot < slots.size() && isNeeded(slots.get(slot), frames)) {
            slot++;
        }
        return slot;
    }

    private static boolean isNeeded(Slot slot, LegFrames frames) {
        return slot.stretch == frames.stretch() && slot.to > frames.from();
    }

    /** The new frames, to be put into that slot. */
    byte[] entry(LegFrames frames, int slot) {
        long first = firstNew(frames);
        ByteBuffer entry = ByteBuffer.allocate(newBytes(frames)).put(CURRENT);
        ByteUtils.writeVarlong(frames.stretch(), entry);
        ByteUtils.writeVarlong(first, entry);
        frames.writeTo(entry, first);
        stretch = frames.stretch();
        writtenTo = frames.to();
        Slot content = new Slot(stretch, writtenTo);
        if (slot == slots.size()) {
            slots.add(content);
        } else {
            slots.set(slot, content);
        }
        return entry.array();
    }

    /**
     * Restores a leg's frames.
     *
     * @param entries content of the slots, in order
     * @return whether the frames were complete
     * @throws IllegalArgumentException if an entry has the format of a later release
     */
    boolean read(List<byte[]> entries, LegFrames frames) {
        BitSet found = new BitSet();
        for (byte[] entry : entries) {
            ByteBuffer source = ByteBuffer.wrap(entry);
            boolean inHalves = entry[0] == HALVES;
            if (!inHalves) {
                source.get();
            }
            FrameFormat format = format(entry[0]);
            long ofStretch = inHalves ? source.getLong() : ByteUtils.readVarlong(source);
            long first = inHalves ? source.getLong() : ByteUtils.readVarlong(source);
            int bytesEach = frames.bytesEach(format);
            long to = bytesEach == 0 ? first : first + source.remaining() / bytesEach;
            slots.add(new Slot(ofStretch, to));
            long from = Math.max(first, frames.from());
            long end = Math.min(to, frames.to());
            if (ofStretch == frames.stretch() && from < end) {
                frames.readFrom(source, first, format);
                found.set((int) (from - frames.from()), (int) (end - frames.from()));
            }
        }
        stretch = frames.stretch();
        writtenTo = frames.to();
        return found.cardinality() == frames.to() - frames.from();
    }

    private static FrameFormat format(byte first) {
        return switch (first) {
            case HALVES -> FrameFormat.HALVES;
            case HALF_LEVELS -> FrameFormat.HALF_LEVELS;
            case CURRENT -> FrameFormat.CURRENT;
            default ->
                throw new IllegalArgumentException(
                        "format of stored frames must be " + HALVES + " to " + CURRENT + ": " + first);
        };
    }
}
