package io.undertone.source;

import io.undertone.AudioChunk;
import io.undertone.audio.AudioStream;
import io.undertone.audio.SampleFormat;
import io.undertone.failure.Failure;
import io.undertone.ingest.LegId;
import java.io.IOException;
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
     * Plays a call, whose length must be known, to its end and returns once Kafka has taken all of it.
     *
     * @param progress called with how many ms of the call have been spoken, now and then
     * @return chunks sent
     * @throws Failure where Kafka does not take a chunk
     * @throws IOException where the audio cannot be read
     */
    public int play(PlayedCall call, LongConsumer progress) throws IOException, InterruptedException {
        CallAudio audio = call.audio();
        long startedAtMs = pace.startedAtMs(audio.durationMs());
        int sent = 0;
        try (AudioStream stream = audio.open()) {
            AudioWindow window = new AudioWindow(stream);
            Pace.Play play = pace.start();
            PriorityQueue<Leg> legs = new PriorityQueue<>(
                    Comparator.comparingLong(Leg::chunkEnd).thenComparingInt(leg -> leg.voice.channel()));
            call.voices().forEach(voice -> legs.add(new Leg(call, voice, startedAtMs)));
            for (Leg leg = legs.poll(); leg != null; leg = legs.poll()) {
                if (window.readTo(leg.chunkEnd()) < leg.chunkEnd()) {
                    throw new Failure("the audio of call " + call.callId() + " became shorter while it was played");
                }
                long spokenMs = leg.chunkEnd() * 1000 / audio.sampleRateHz();
                play.await(spokenMs);
                boolean more = leg.publishChunk(window);
                sent++;
                progress.accept(spokenMs);
                if (more) {
                    legs.add(leg);
                }
                window.forgetBefore(
                        legs.stream().mapToLong(other -> other.position).min().orElse(0));
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
        private final CallAudio audio;
        private final Voice voice;
        private final LegPublisher publisher;
        private long position;

        private Leg(PlayedCall call, Voice voice, long startedAtMs) {
            this.audio = call.audio();
            this.voice = voice;
            this.publisher = new LegPublisher(
                    new LegId(call.callId(), voice.role()),
                    audio.sampleRateHz(),
                    startedAtMs,
                    chunkings.get(),
                    chunks::sendOrFail,
                    call.attributes());
        }

        /** Index after the last sample of the next chunk. */
        private long chunkEnd() {
            return Math.min(audio.samples(), publisher.chunkEnd());
        }

        /** Publishes the next chunk; false where it was the last. */
        private boolean publishChunk(AudioWindow window) {
            long end = chunkEnd();
            byte[] samples = window.encode(voice.channel(), position, end, format);
            if (end == audio.samples()) {
                publisher.addLast(format, position, samples);
            } else {
                publisher.add(format, position, samples);
            }
            position = end;
            return end < audio.samples();
        }
    }
}
