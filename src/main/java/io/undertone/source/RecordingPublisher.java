package io.undertone.source;

import io.undertone.AudioChunk;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Failure;
import io.undertone.ingest.LegId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * Plays recordings into the topic of audio chunks, as a call center's pipeline would: a leg per channel, their chunks in the order in
 * which they are spoken, {@code last} on each leg's final one. A chunk is sent once its last sample has been spoken. Not thread-safe;
 * the producer stays its owner's.
 */
public final class RecordingPublisher {
    private final ChunkProducer chunks;
    private final SampleFormat format;
    private final Supplier<Chunking> chunkings;
    private final Pace pace;

    /**
     * @param producer sends the chunks
     * @param topic to this topic
     * @param format how chunks hold samples
     * @param chunkings a new one for each leg
     * @param pace how fast
     */
    public RecordingPublisher(
            Producer<String, AudioChunk> producer,
            String topic,
            SampleFormat format,
            Supplier<Chunking> chunkings,
            Pace pace) {
        this.chunks = new ChunkProducer(producer, topic);
        this.format = format;
        this.chunkings = chunkings;
        this.pace = pace;
    }

    /**
     * Plays a call to its end and returns once Kafka has taken all of it.
     *
     * @param progress told how many ms of the call have been spoken, now and then
     * @return chunks sent
     * @throws Failure where Kafka does not take a chunk
     */
    public int play(PlayedCall call, LongConsumer progress) throws InterruptedException {
        Recording recording = call.recording();
        long startedAtMs = pace.startedAtMs(recording.durationMs());
        Pace.Play play = pace.start();
        PriorityQueue<Leg> legs =
                new PriorityQueue<>(Comparator.comparingLong(Leg::chunkEnd).thenComparingInt(leg -> leg.channel));
        for (int channel = 0; channel < recording.channels(); channel++) {
            legs.add(new Leg(call, channel, startedAtMs));
        }
        int sent = 0;
        for (Leg leg = legs.poll(); leg != null; leg = legs.poll()) {
            long spokenMs = leg.chunkEnd() * 1000 / recording.sampleRateHz();
            play.await(spokenMs);
            boolean more = leg.publishChunk();
            sent++;
            progress.accept(spokenMs);
            if (more) {
                legs.add(leg);
            }
        }
        chunks.flush();
        return sent;
    }

    /** Roles of a call in the order of its channels, as a sentence says them. */
    public static String roles(PlayedCall call) {
        List<String> names = new ArrayList<>();
        call.roles().forEach(role -> names.add(role.name().toLowerCase(java.util.Locale.ROOT)));
        return String.join(" and ", names);
    }

    /** One channel on its way. */
    private final class Leg {
        private final Recording recording;
        private final int channel;
        private final LegPublisher publisher;
        private int position;

        private Leg(PlayedCall call, int channel, long startedAtMs) {
            this.recording = call.recording();
            this.channel = channel;
            this.publisher = new LegPublisher(
                    new LegId(call.callId(), call.roles().get(channel)),
                    recording.sampleRateHz(),
                    startedAtMs,
                    chunkings.get(),
                    chunks::sendOrFail);
        }

        /** Index after the last sample of the next chunk. */
        private int chunkEnd() {
            return (int) Math.min(recording.samples(), publisher.chunkEnd());
        }

        /** Publishes the next chunk; false where it was the last. */
        private boolean publishChunk() {
            int end = chunkEnd();
            byte[] samples = recording.encode(channel, position, end - position, format);
            if (end == recording.samples()) {
                publisher.addLast(format, position, samples);
            } else {
                publisher.add(format, position, samples);
            }
            position = end;
            return end < recording.samples();
        }
    }
}
