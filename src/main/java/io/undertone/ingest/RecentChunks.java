package io.undertone.ingest;

import java.nio.ByteBuffer;

/**
 * Checksums of a leg's latest chunks, to tell a duplicate from another source's chunk at the same position. Not thread-safe.
 */
final class RecentChunks {
    private static final int REMEMBERED = 8;

    private final long[] positions = new long[REMEMBERED];
    private final int[] samples = new int[REMEMBERED];
    private final int[] checksums = new int[REMEMBERED];
    private int count;
    private int at;

    void add(Chunk chunk) {
        if (chunk.samples() > 0) {
            positions[at] = chunk.position();
            samples[at] = chunk.samples();
            checksums[at] = chunk.checksum();
            at = (at + 1) % REMEMBERED;
            count = Math.min(count + 1, REMEMBERED);
        }
    }

    /** Whether the remembered chunks of the same position and length all have other audio; false if there are none. */
    boolean contradicts(Chunk chunk) {
        boolean other = false;
        for (int i = 0; i < count; i++) {
            if (positions[i] == chunk.position() && samples[i] == chunk.samples()) {
                if (checksums[i] == chunk.checksum()) {
                    return false;
                }
                other = true;
            }
        }
        return other;
    }

    int stateBytes() {
        return 2 + count * (Long.BYTES + 2 * Integer.BYTES);
    }

    void writeTo(ByteBuffer target) {
        target.put((byte) count).put((byte) at);
        for (int i = 0; i < count; i++) {
            target.putLong(positions[i]).putInt(samples[i]).putInt(checksums[i]);
        }
    }

    void readFrom(ByteBuffer source) {
        count = source.get();
        at = source.get();
        for (int i = 0; i < count; i++) {
            positions[i] = source.getLong();
            samples[i] = source.getInt();
            checksums[i] = source.getInt();
        }
    }
}
