package io.undertone.source;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.audio.PcmEncoder;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the samples of one leg into chunks, in whatever pieces they arrive. With chunks of 200 ms at 8 kHz, frames of 20 ms
 * (160 samples) give a chunk after every tenth: [0; 1600), [1600; 3200) and so on. A chunk holds samples that follow on each other and
 * are encoded alike; where samples are left out, the chunk before them ends early and the next begins behind them.
 *
 * <p>Attributes of the call are in the leg's first chunk, and again in one each 10 s of it: what is lost of a leg may be its first
 * chunk.
 *
 * <p>Never waits, unless what takes the chunks does. Not thread-safe.
 */
public final class LegPublisher {
    /** How often attributes are said again. */
    private static final int ATTRIBUTES_EVERY_S = 10;

    private final LegId id;
    private final int sampleRateHz;
    private final long startedAtMs;
    private final Chunking chunking;
    private final Consumer<AudioChunk> chunks;
    private final CallAttributes attributes;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private @Nullable SampleFormat format;
    private long position;
    private long end;
    private long chunkEnd;
    private boolean ended;
    private long attributesDue;

    /**
     * @param id of the leg
     * @param sampleRateHz samples a second
     * @param startedAtMs when the sample at position 0 was spoken, epoch ms
     * @param chunking how long chunks are; of this leg alone
     * @param chunks takes the chunks, in order
     */
    public LegPublisher(LegId id, int sampleRateHz, long startedAtMs, Chunking chunking, Consumer<AudioChunk> chunks) {
        this(id, sampleRateHz, startedAtMs, chunking, chunks, CallAttributes.NONE);
    }

    /**
     * @param attributes what is known of the call besides
     */
    public LegPublisher(
            LegId id,
            int sampleRateHz,
            long startedAtMs,
            Chunking chunking,
            Consumer<AudioChunk> chunks,
            CallAttributes attributes) {
        this.attributes = attributes;
        this.id = id;
        this.sampleRateHz = sampleRateHz;
        this.startedAtMs = startedAtMs;
        this.chunking = chunking;
        this.chunks = chunks;
        this.chunkEnd = chunking.end(0, sampleRateHz);
    }

    /**
     * Takes samples and publishes the chunks that they complete.
     *
     * @param format how {@code samples} holds them
     * @param position index within the leg of the first, not before the end of those already taken: where it is later, samples are
     *     missing
     * @param samples mono, a whole number of samples; taken over, not to be changed afterwards
     */
    public void add(SampleFormat format, long position, byte[] samples) {
        take(format, position, samples, false);
    }

    /** Takes the leg's last samples, as {@link #add} does, and ends it; its last chunk says so. */
    public void addLast(SampleFormat format, long position, byte[] samples) {
        take(format, position, samples, true);
        ended = true;
    }

    private void take(SampleFormat format, long position, byte[] samples, boolean last) {
        int width = format.bytesPerSample();
        check(position, samples.length, width);
        if (position > end || format != this.format) {
            flush();
            this.format = format;
            moveTo(position);
        }
        int from = 0;
        while (from < samples.length) {
            int room = (int) Math.min(samples.length - from, (chunkEnd - end) * width);
            boolean whole = room == samples.length && waiting.size() == 0;
            from += room;
            end += room / width;
            if (end < chunkEnd && !(last && from == samples.length)) {
                waiting.write(samples, from - room, room);
            } else if (whole) {
                publish(format, samples, last);
            } else {
                waiting.write(samples, from - room, room);
                publish(format, waiting.toByteArray(), last && from == samples.length);
            }
        }
    }

    private void check(long position, int bytes, int width) {
        if (ended) {
            throw new IllegalStateException("the leg must not have ended: position=" + position);
        }
        if (bytes == 0 || bytes % width != 0) {
            throw new IllegalArgumentException(
                    "samples must be whole ones of " + width + " bytes, at least one: bytes=" + bytes);
        }
        if (position < end) {
            throw new IllegalArgumentException(
                    "position must not be before the end of what was taken: position=" + position + ", end=" + end);
        }
    }

    /** Index within the leg after the last sample of the chunk that is being filled. */
    public long chunkEnd() {
        return chunkEnd;
    }

    /** Turns the samples that have been taken and not been published yet into digital silence. */
    public void silenceWaiting() {
        if (format != null && waiting.size() > 0) {
            int samples = waiting.size() / format.bytesPerSample();
            waiting.reset();
            waiting.writeBytes(PcmEncoder.encode(format, new float[samples], 0, samples));
        }
    }

    /** Publishes at once the samples that have been taken. The leg may go on. */
    public void flush() {
        if (format != null && waiting.size() > 0) {
            publish(format, waiting.toByteArray(), false);
        }
    }

    /** Ends the leg after the samples that have been taken; a leg without any is none, and nothing is published. */
    public void end() {
        if (format != null && !ended) {
            publish(format, waiting.toByteArray(), true);
        }
        ended = true;
    }

    private void publish(SampleFormat format, byte[] audio, boolean last) {
        waiting.reset();
        long begin = position;
        moveTo(end);
        chunks.accept(AudioChunk.newBuilder()
                .setCallId(id.callId())
                .setRole(id.role())
                .setPosition(begin)
                .setCapturedAt(Instant.ofEpochMilli(startedAtMs + begin * 1000 / sampleRateHz))
                .setEncoding(Encoding.valueOf(format.name()))
                .setSampleRateHz(sampleRateHz)
                .setAudio(ByteBuffer.wrap(audio))
                .setLast(last)
                .setAttributes(attributesAt(begin))
                .build());
    }

    private Map<String, String> attributesAt(long begin) {
        if (begin < attributesDue) {
            return Map.of();
        }
        attributesDue = begin + (long) ATTRIBUTES_EVERY_S * sampleRateHz;
        return attributes.byName();
    }

    private void moveTo(long next) {
        position = next;
        end = next;
        chunkEnd = chunking.end(next, sampleRateHz);
    }
}
