package io.undertone.webhooks;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A receiver's progress in a partition: which of the records read are still open, that is, neither delivered nor a dead
 * letter. The committed offset is that of the first open one; its metadata lists the later open ones, so that the next reader
 * knows which are done. With 100, 103 and 104 open of 100 to 109: offset 100, metadata {@code 1:a,3,1}, that is 110 is next, 103 and
 * 104 are open (in base 36, each as its distance from the one before; the first, from the offset). Not thread-safe.
 */
final class PartitionProgress {
    /** Brokers take 4,096 bytes ({@code offset.metadata.max.bytes}). */
    static final int MAX_METADATA_CHARS = 4_000;

    private static final String VERSION = "1:";
    private static final int RADIX = 36;

    private final NavigableSet<Long> open = new TreeSet<>();
    /** Open according to the metadata, not yet read again. */
    private final NavigableSet<Long> awaited = new TreeSet<>();

    private long next;

    private PartitionProgress(long next) {
        this.next = next;
    }

    /** Nothing is open, and this is the first offset that will be read. */
    static PartitionProgress at(long position) {
        return new PartitionProgress(position);
    }

    /** Restores committed progress. With metadata of another program, all records from the offset on are open. */
    static PartitionProgress of(long offset, String metadata) {
        PartitionProgress progress = new PartitionProgress(offset);
        if (metadata.startsWith(VERSION)) {
            String[] parts = metadata.substring(VERSION.length()).split(",");
            try {
                long end = offset + Long.parseLong(parts[0], RADIX);
                if (end > offset) {
                    progress.awaited.add(offset);
                }
                long at = offset;
                for (int i = 1; i < parts.length; i++) {
                    at += Long.parseLong(parts[i], RADIX);
                    progress.awaited.add(at);
                }
                progress.open.addAll(progress.awaited);
                progress.next = end;
            } catch (NumberFormatException e) {
                return at(offset);
            }
        }
        return progress;
    }

    /**
     * Adds a record; offsets must ascend.
     *
     * @return false where it is already done
     */
    boolean take(long offset) {
        // Expected offsets that were skipped no longer exist.
        NavigableSet<Long> gone = awaited.headSet(offset, false);
        open.removeAll(gone);
        gone.clear();
        if (offset < next) {
            return awaited.remove(offset);
        }
        next = offset + 1;
        return open.add(offset);
    }

    /** Marks a record as delivered or a dead letter. */
    void done(long offset) {
        open.remove(offset);
    }

    /** Reopens a record whose dead letter could not be written. */
    void reopen(long offset) {
        open.add(offset);
    }

    /** The progress to commit. */
    Commit commit() {
        if (open.isEmpty()) {
            return new Commit(next, "", next);
        }
        long offset = open.first();
        StringBuilder listed = new StringBuilder();
        long last = offset;
        long end = next;
        // The end comes first and is at most 13 digits.
        int room = MAX_METADATA_CHARS - VERSION.length() - 13;
        for (long at : open.tailSet(offset, false)) {
            String distance = "," + Long.toString(at - last, RADIX);
            if (listed.length() + distance.length() > room) {
                end = at;
                break;
            }
            listed.append(distance);
            last = at;
        }
        return new Commit(offset, VERSION + Long.toString(end - offset, RADIX) + listed, end);
    }

    /**
     * Committed progress of a partition.
     *
     * @param offset to continue reading from
     * @param metadata lists the open records after it
     * @param end the metadata covers the offsets before it; from it on all are open
     */
    record Commit(long offset, String metadata, long end) {}
}
