package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.MfccWindow;
import io.undertone.Role;
import io.undertone.codec.AvroCodec;
import io.undertone.config.UndertoneConfig;
import io.undertone.features.FeatureSpecs;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What cannot be shown with a whole topology: a fault in the middle of a record. */
@NullUnmarked
class LegProcessorTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StageMetrics metrics = StageMetrics.ofChunks(registry);
    private final LegPolicy policy = LegPolicy.of(UndertoneConfig.defaults());
    private final LegProcessor processor = new LegProcessor(
            FeatureSpecs.telephone(),
            policy,
            new AudioChunkReader(policy.chunkMaxBytes()),
            new AvroCodec<>(MfccWindow.class),
            new AvroCodec<>(CallConversation.class),
            metrics,
            new FlowMetrics(registry));
    private final FencedStore store = new FencedStore();

    @Test
    void shouldHandOverTheChunkThatWasInHandWhenItsTaskWasFenced() {
        processor.init(context());
        send(0, 8_000);
        store.fenced = true;
        // Of another rate: it is noted in the store before it is refused.
        assertThatThrownBy(() -> send(160, 16_000)).isInstanceOf(TaskMigratedException.class);
        processor.close();
        assertThat(metrics.taken()).isEqualTo(2);
        assertThat(metrics.used()).isEqualTo(1);
        assertThat(metrics.dropped() + metrics.dead()).isZero();
        assertThat(metrics.handedOver()).isEqualTo(1);
    }

    @Test
    void shouldWaitForWhatIsMissingAnewAfterARestart() {
        processor.init(context());
        send(0, 8_000);
        send(320, 8_000);
        processor.close();
        MockProcessorContext<byte[], byte[]> later = context();
        later.setCurrentSystemTimeMs(TestVoice.STARTED_MS + 60_000);
        processor.init(later);
        tick(later, 60_050);
        send(160, 8_000);
        assertThat(metrics.used()).isEqualTo(3);
        assertThat(metrics.dropped()).isZero();
    }

    @Test
    void shouldWaitForWhatIsMissingAnewAfterAStall() {
        MockProcessorContext<byte[], byte[]> context = context();
        processor.init(context);
        send(0, 8_000);
        send(320, 8_000);
        tick(context, 50);
        tick(context, 20_000);
        send(160, 8_000);
        assertThat(metrics.used()).isEqualTo(3);
        assertThat(metrics.dropped()).isZero();
    }

    @Test
    void shouldStillGiveUpWhatNeverComes() {
        MockProcessorContext<byte[], byte[]> context = context();
        processor.init(context);
        send(0, 8_000);
        send(320, 8_000);
        for (int ms = 50; ms <= 1_200; ms += 50) {
            tick(context, ms);
        }
        send(160, 8_000);
        assertThat(metrics.dropped(StageMetrics.DropCause.LATE)).isEqualTo(1);
    }

    /** Lets the clock call as it does for chunks that are held. */
    private static void tick(MockProcessorContext<byte[], byte[]> context, long sinceStartMs) {
        long nowMs = TestVoice.STARTED_MS + sinceStartMs;
        context.setCurrentSystemTimeMs(nowMs);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(nowMs);
    }

    /** A store whose changelog cannot be written any more, once another instance has the task. */
    private static final class FencedStore extends MapStore {
        private boolean fenced;

        @Override
        public void put(Bytes key, byte[] value) {
            if (fenced) {
                throw new TaskMigratedException("the producer was fenced");
            }
            super.put(key, value);
        }
    }

    private MockProcessorContext<byte[], byte[]> context() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>() {
            @Override
            @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
            public <S extends StateStore> S getStateStore(String name) {
                return (S) store;
            }
        };
        context.setCurrentSystemTimeMs(TestVoice.STARTED_MS);
        return context;
    }

    private void send(long position, int rateHz) {
        AudioChunk chunk = AudioChunk.newBuilder(
                        TestVoice.chunk("call-1", Role.CUSTOMER, position, new byte[160], false))
                .setSampleRateHz(rateHz)
                .build();
        processor.process(new Record<>(
                chunk.getCallId().getBytes(StandardCharsets.UTF_8), TestVoice.bytes(chunk), TestVoice.STARTED_MS));
    }
}
