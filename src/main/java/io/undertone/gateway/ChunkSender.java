package io.undertone.gateway;

import io.undertone.AudioChunk;
import io.undertone.kafka.AudioSender;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.GatewayMetrics;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands chunks to the producer's buffer and counts the outcome; a chunk that does not fit leaves a gap of its length. Thread-safe. */
final class ChunkSender implements PublishedLeg.Chunks {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkSender.class);

    private final AudioSender sender;
    private final GatewayMetrics metrics;
    private final LongSupplier clockMs;
    private final CauseLog causes;

    ChunkSender(AudioSender sender, GatewayMetrics metrics, LongSupplier clockMs) {
        this.sender = sender;
        this.metrics = metrics;
        this.clockMs = clockMs;
        this.causes = new CauseLog(LOG, clockMs);
    }

    @Override
    public void send(String platform, AudioChunk chunk, long arrivedMs) {
        // The last chunk may be empty and then has no arrival time to measure from.
        boolean heard = chunk.getAudio().hasRemaining();
        sender.send(chunk, failure -> {
            if (failure == null) {
                if (heard) {
                    metrics.acknowledged(platform, clockMs.getAsLong() - arrivedMs);
                }
            } else {
                metrics.lost(platform);
                causes.warn("KAFKA_AWAY", "audio is left out since Kafka does not take it: " + failure);
            }
        });
    }
}
