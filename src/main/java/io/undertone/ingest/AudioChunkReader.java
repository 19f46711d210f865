package io.undertone.ingest;

import io.undertone.AudioChunk;
import io.undertone.DeadLetterReason;
import io.undertone.audio.SampleFormat;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Converts records of the topic {@code audio-chunks} to checked chunks, or refuses them with a reason. Not thread-safe. */
public final class AudioChunkReader {
    /** 2000-01-01, epoch ms: an earlier time is in seconds by mistake, or not set. */
    private static final long MIN_CAPTURED_AT_MS = 946_684_800_000L;

    /** A day: how far a publisher's clock may be ahead. */
    private static final long MAX_AHEAD_MS = 86_400_000;

    private final AvroCodec<AudioChunk> codec;
    private final int maxBytes;

    /**
     * A reader of records in single-object encoding.
     *
     * @param maxBytes maximum bytes of audio in a chunk
     */
    public AudioChunkReader(int maxBytes) {
        this(maxBytes, new AvroCodec<>(AudioChunk.class));
    }

    /** A reader of records in this codec's encoding. */
    public AudioChunkReader(int maxBytes, AvroCodec<AudioChunk> codec) {
        this.maxBytes = maxBytes;
        this.codec = codec;
    }

    /**
     * Decodes a record without checking it: enough to see its role.
     *
     * @throws UnreadableRecordException with NOT_AVRO or UNKNOWN_SCHEMA
     */
    public AudioChunk parse(byte @Nullable [] value) throws UnreadableRecordException {
        return codec.decode(value);
    }

    /** Checks a record.
     *
     * @param key the record's key; must be the call id, which keeps a call's records in one partition
     * @throws UnreadableRecordException naming the first broken rule
     */
    public LegChunk check(byte @Nullable [] key, AudioChunk record) throws UnreadableRecordException {
        String callId = record.getCallId();
        if (!LegId.isCallId(callId)) {
            throw new UnreadableRecordException(
                    DeadLetterReason.BAD_CALL_ID,
                    "callId must be 1 to " + LegId.MAX_CALL_ID_CHARS + " printable characters: length="
                            + callId.length());
        }
        Chunk chunk = chunk(record);
        LegId leg = new LegId(callId, record.getRole());
        if (key == null || !Arrays.equals(key, leg.recordKey())) {
            throw new UnreadableRecordException(
                    DeadLetterReason.BAD_CALL_ID,
                    "record key must be callId in UTF-8, which keeps a call's records in one partition: key is "
                            + (key == null ? "null" : "another, size=" + key.length + " bytes")
                            + "; publish with callId as the key");
        }
        return new LegChunk(leg, chunk, attributes(record));
    }

    /**
     * Checks a record from a publisher, including the publisher's clock.
     *
     * @param recordTimeMs the record's own time, epoch ms
     * @throws UnreadableRecordException naming the first broken rule
     */
    public LegChunk check(byte @Nullable [] key, AudioChunk record, long recordTimeMs)
            throws UnreadableRecordException {
        LegChunk chunk = check(key, record);
        long capturedAtMs = chunk.chunk().capturedAtMs();
        if (capturedAtMs < MIN_CAPTURED_AT_MS || capturedAtMs > recordTimeMs + MAX_AHEAD_MS) {
            throw new UnreadableRecordException(
                    DeadLetterReason.BAD_TIME,
                    "capturedAt must be in ms since 1970, from 2000 on and at most a day after the record's own time, "
                            + recordTimeMs + ": capturedAt=" + capturedAtMs
                            + (capturedAtMs < MIN_CAPTURED_AT_MS
                                    ? "; give milliseconds, not seconds"
                                    : "; set the clock right"));
        }
        return chunk;
    }

    private static CallAttributes attributes(AudioChunk record) throws UnreadableRecordException {
        if (record.getAttributes().isEmpty()) {
            return CallAttributes.NONE;
        }
        try {
            return new CallAttributes(record.getAttributes());
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(DeadLetterReason.BAD_ATTRIBUTES, String.valueOf(e.getMessage()));
        }
    }

    private Chunk chunk(AudioChunk record) throws UnreadableRecordException {
        try {
            return Chunk.of(
                    record.getPosition(),
                    record.getCapturedAt().toEpochMilli(),
                    SampleFormat.valueOf(record.getEncoding().name()),
                    record.getSampleRateHz(),
                    bytes(record.getAudio()),
                    record.getLast(),
                    maxBytes);
        } catch (ChunkRefusedException e) {
            throw refused(e);
        } catch (ArithmeticException e) {
            throw new UnreadableRecordException(
                    DeadLetterReason.BAD_TIME, "capturedAt must be in ms since 1970: out of range; give milliseconds");
        }
    }

    /** Converts a refusal to one with a dead-letter reason. */
    public static UnreadableRecordException refused(ChunkRefusedException e) {
        String message = e.getMessage();
        return new UnreadableRecordException(
                DeadLetterReason.valueOf(e.reason().name()), message == null ? "" : message);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
