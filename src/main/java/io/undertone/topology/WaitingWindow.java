package io.undertone.topology;

import io.undertone.topology.DeadLetterSink.Source;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a waiting record of {@code mfcc-windows}: its bytes as received, with all that a dead letter needs. Layout:
 * version, offset, timestamp, size of the key (-1: none), key, value.
 */
final class WaitingWindow {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

    private WaitingWindow() {}

    static byte[] toBytes(Source source, byte[] value) {
        byte[] key = source.key();
        int keyBytes = key == null ? 0 : key.length;
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + keyBytes + value.length)
                .put(VERSION)
                .putLong(source.offset())
                .putLong(source.timestampMs())
                .putInt(key == null ? -1 : keyBytes);
        if (key != null) {
            bytes.put(key);
        }
        return bytes.put(value).array();
    }

    /**
     * The record.
     *
     * @param topic where it was read
     * @param partition where it was read
     */
    static Source fromBytes(byte[] stored, String topic, int partition) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        byte version = bytes.get();
        if (version != VERSION) {
            throw new StaleStateException("version of a waiting window must be " + VERSION + ": " + version);
        }
        long offset = bytes.getLong();
        long timestampMs = bytes.getLong();
        int keyBytes = bytes.getInt();
        byte @Nullable [] key = keyBytes < 0 ? null : take(bytes, keyBytes);
        return new Source(topic, partition, offset, timestampMs, key, take(bytes, bytes.remaining()));
    }

    private static byte[] take(ByteBuffer bytes, int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }
}
