package io.undertone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.AudioChunk;
import io.undertone.Encoding;
import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class RecordingPublisherTest {
    private final FakeTime time = new FakeTime();
    private final MockProducer<String, AudioChunk> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, chunk) -> new byte[0]);

    private static PlayedCall call(int samples) {
        float[][] channels = new float[2][samples];
        for (int i = 0; i < samples; i++) {
            channels[0][i] = 0.25f;
            channels[1][i] = -0.5f;
        }
        return new PlayedCall("call-1", new Recording(8_000, channels), List.of(Role.AGENT, Role.CUSTOMER));
    }

    private RecordingPublisher publisher(SampleFormat format, double speed) {
        return new RecordingPublisher(
                producer, "audio", format, () -> Chunking.every(200), new Pace(speed, time, time::sleep));
    }

    private List<AudioChunk> sent() {
        return producer.history().stream().map(ProducerRecord::value).toList();
    }

    @Test
    void shouldPublishALegForEachChannel() throws Exception {
        int chunks = publisher(SampleFormat.MULAW, Pace.MAX).play(call(4_000), ms -> {});

        assertThat(chunks).isEqualTo(6);
        assertThat(producer.history())
                .allMatch(sent -> sent.key().equals("call-1") && sent.topic().equals("audio"));
        assertThat(sent().stream().map(AudioChunk::getRole))
                .containsExactly(Role.AGENT, Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.AGENT, Role.CUSTOMER);
        assertThat(sent().stream().map(AudioChunk::getPosition))
                .containsExactly(0L, 0L, 1_600L, 1_600L, 3_200L, 3_200L);
        assertThat(sent().stream().map(chunk -> chunk.getAudio().remaining()))
                .containsExactly(1_600, 1_600, 1_600, 1_600, 800, 800);
        assertThat(sent().stream().map(AudioChunk::getLast)).containsExactly(false, false, false, false, true, true);
    }

    @Test
    void shouldEncodeAsAsked() throws Exception {
        publisher(SampleFormat.PCM_S16LE, Pace.MAX).play(call(8), ms -> {});

        AudioChunk agent = sent().get(0);
        assertThat(agent.getEncoding()).isEqualTo(Encoding.PCM_S16LE);
        assertThat(agent.getAudio().remaining()).isEqualTo(16);
        // A quarter of full scale, 0x2000, little endian.
        assertThat(agent.getAudio().get(0)).isZero();
        assertThat(agent.getAudio().get(1)).isEqualTo((byte) 0x20);
    }

    @Test
    void shouldSendEachChunkOnceItsLastSampleIsSpoken() throws Exception {
        publisher(SampleFormat.MULAW, 1).play(call(4_000), ms -> {});

        assertThat(time.millis() - FakeTime.START_MS).isEqualTo(500);
        assertThat(sent().stream()
                        .map(chunk -> chunk.getCapturedAt().toEpochMilli() - FakeTime.START_MS)
                        .distinct())
                .containsExactly(0L, 200L, 400L);
    }

    @Test
    void shouldPlaySeveralTimesAsFast() throws Exception {
        publisher(SampleFormat.MULAW, 4).play(call(8_000), ms -> {});

        assertThat(time.millis() - FakeTime.START_MS).isEqualTo(250);
    }

    @Test
    void shouldNeverCaptureInTheFuture() throws Exception {
        for (double speed : new double[] {0.5, 1, 8, Pace.MAX}) {
            producer.clear();
            publisher(SampleFormat.MULAW, speed).play(call(8_000), ms -> {});

            AudioChunk last = sent().get(sent().size() - 1);
            assertThat(last.getCapturedAt().toEpochMilli() + 200).isEqualTo(time.millis());
        }
    }

    @Test
    void shouldReportProgress() throws Exception {
        List<Long> spoken = new ArrayList<>();

        publisher(SampleFormat.MULAW, Pace.MAX).play(call(4_000), spoken::add);

        assertThat(spoken).containsExactly(200L, 200L, 400L, 400L, 500L, 500L);
    }

    @Test
    void shouldFailWhenKafkaRefuses() {
        producer.sendException = new TopicAuthorizationException("audio");

        assertThatThrownBy(() -> publisher(SampleFormat.MULAW, Pace.MAX).play(call(4_000), ms -> {}))
                .isInstanceOf(Exception.class)
                .hasMessageContaining("audio");
    }

    @Test
    void shouldPublishNothingOfChannelsThatAreLeftOut() throws Exception {
        CallAudio audio = CallAudio.of(new Recording(8_000, new float[][] {new float[2_000], constant(0.5f, 2_000)}));
        int chunks = publisher(SampleFormat.PCM_S16LE, Pace.MAX)
                .play(new PlayedCall("call-1", audio, List.of(new Voice(1, Role.CUSTOMER))), ms -> {});

        assertThat(chunks).isEqualTo(2);
        assertThat(sent().stream().map(AudioChunk::getRole)).containsOnly(Role.CUSTOMER);
        assertThat(sent().get(1).getAudio().get(1)).isEqualTo((byte) 0x40);
    }

    private static float[] constant(float value, int count) {
        float[] samples = new float[count];
        java.util.Arrays.fill(samples, value);
        return samples;
    }

    @Test
    void shouldWantARoleForEachChannel() {
        assertThatThrownBy(() -> new PlayedCall("c", new Recording(8_000, new float[2][1]), List.of(Role.AGENT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be a role for each channel: channels=2, roles=1");
    }

    /** Time that passes only by sleeping. */
    private static final class FakeTime extends Clock {
        private static final long START_MS = 1_700_000_000_000L;

        private long nowMs = START_MS;

        private void sleep(long ms) {
            nowMs += ms;
        }

        @Override
        public long millis() {
            return nowMs;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMs);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
