package io.undertone.gateway;

import io.undertone.AudioChunk;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import io.undertone.source.Chunking;
import io.undertone.source.LegPublisher;
import org.jspecify.annotations.Nullable;

/** Cuts a leg into chunks of {@code gateway.chunk.ms} and hands them on. Not thread-safe. */
final class PublishedLeg implements LegOutput {
    /** Takes chunks for Kafka without blocking. */
    interface Chunks {
        /** @param arrivedMs when the last of its audio was received, epoch ms */
        void send(String platform, AudioChunk chunk, long arrivedMs);
    }

    private final String platform;
    private final LegId id;
    private final CallAttributes attributes;
    private final int chunkMs;
    private final Chunks chunks;
    private @Nullable LegPublisher publisher;
    private long arrivedMs;

    PublishedLeg(String platform, LegId id, CallAttributes attributes, int chunkMs, Chunks chunks) {
        this.platform = platform;
        this.id = id;
        this.attributes = attributes;
        this.chunkMs = chunkMs;
        this.chunks = chunks;
    }

    @Override
    public void add(AudioForm form, long position, long capturedAtMs, byte[] samples, long arrivedMs) {
        this.arrivedMs = arrivedMs;
        if (publisher == null) {
            publisher = new LegPublisher(
                    id,
                    form.sampleRateHz(),
                    capturedAtMs - form.ms(position),
                    Chunking.every(chunkMs),
                    chunk -> chunks.send(platform, chunk, this.arrivedMs),
                    attributes);
        }
        publisher.add(form.format(), position, samples);
    }

    @Override
    public void silenceWaiting() {
        if (publisher != null) {
            publisher.silenceWaiting();
        }
    }

    @Override
    public void flush() {
        if (publisher != null) {
            publisher.flush();
        }
    }

    @Override
    public void end() {
        if (publisher != null) {
            publisher.end();
        }
    }
}
