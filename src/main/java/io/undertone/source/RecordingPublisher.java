package io.undertone.source;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Plays recordings into the topic of audio chunks, as a call center's pipeline would: a leg per channel, their chunks in the order in
 * which they are spoken, {@code last} on each leg's final one. A chunk is sent once its last sample has been spoken. Not thread-safe;
 * the producer stays its owner's.
 */
public final class RecordingPublisher {
    private final Producer<String, AudioChunk> producer;
    private final String topic;
    private final SampleFormat format;
    private final Supplier<Chunking> chunkings;
    private final Pace pace;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

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
        this.producer = producer;
        this.topic = topic;
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
        PriorityQueue<Leg> legs = new PriorityQueue<>(
                Comparator.comparingLong((Leg leg) -> leg.end).thenComparingInt(leg -> leg.channel));
        for (int channel = 0; channel < recording.channels(); channel++) {
            legs.add(new Leg(channel, recording, chunkings.get()));
        }
        int sent = 0;
        for (Leg leg = legs.poll(); leg != null; leg = legs.poll()) {
            long spokenMs = leg.end * 1000 / recording.sampleRateHz();
            play.await(spokenMs);
            send(leg.chunk(call, startedAtMs));
            sent++;
            progress.accept(spokenMs);
            if (leg.advance()) {
                legs.add(leg);
            }
        }
        producer.flush();
        throwFailure();
        return sent;
    }

    private void send(AudioChunk chunk) {
        throwFailure();
        producer.send(new ProducerRecord<>(topic, chunk.getCallId(), chunk), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    private void throwFailure() {
        Exception e = failure.get();
        if (e != null) {
            throw new Failure("Kafka does not take audio on the topic " + topic + ": " + Causes.innermost(e), e);
        }
    }

    /** Roles of a call in the order of its channels, as a sentence says them. */
    public static String roles(PlayedCall call) {
        List<String> names = new ArrayList<>();
        call.roles().forEach(role -> names.add(role.name().toLowerCase(java.util.Locale.ROOT)));
        return String.join(" and ", names);
    }

    /** One channel on its way. */
    private final class Leg {
        private final int channel;
        private final Recording recording;
        private final Chunking chunking;
        private int position;
        private int end;

        private Leg(int channel, Recording recording, Chunking chunking) {
            this.channel = channel;
            this.recording = recording;
            this.chunking = chunking;
            this.end = nextEnd();
        }

        private int nextEnd() {
            return (int) Math.min(recording.samples(), chunking.end(position, recording.sampleRateHz()));
        }

        /** Goes to the next chunk; false where there is none. */
        private boolean advance() {
            position = end;
            end = nextEnd();
            return position < recording.samples();
        }

        private AudioChunk chunk(PlayedCall call, long startedAtMs) {
            return AudioChunk.newBuilder()
                    .setCallId(call.callId())
                    .setRole(call.roles().get(channel))
                    .setPosition(position)
                    .setCapturedAt(Instant.ofEpochMilli(startedAtMs + position * 1000L / recording.sampleRateHz()))
                    .setEncoding(Encoding.valueOf(format.name()))
                    .setSampleRateHz(recording.sampleRateHz())
                    .setAudio(ByteBuffer.wrap(recording.encode(channel, position, end - position, format)))
                    .setLast(end == recording.samples())
                    .build();
        }
    }
}
