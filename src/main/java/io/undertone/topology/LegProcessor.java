package io.undertone.topology;

import io.undertone.AudioChunk;
import io.undertone.CallConversation;
import io.undertone.DeadLetterReason;
import io.undertone.MfccWindow;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.Stage;
import io.undertone.features.FeatureSpec;
import io.undertone.ingest.AudioChunkReader;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import io.undertone.ingest.LegChunk;
import io.undertone.ingest.LegId;
import io.undertone.ingest.Outcome;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.StageMetrics.DropCause;
import io.undertone.metrics.TaskAccount;
import io.undertone.publish.WindowRecords;
import io.undertone.topology.DeadLetterSink.Source;
import io.undertone.window.LegReport;
import io.undertone.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns chunks into windows, ends of legs and, if enabled, conversations. Unusable records become dead letters, unwanted ones are counted and dropped; the stream continues. One instance per task, used only by that task's thread.
 */
final class LegProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(LegProcessor.class);
    private static final Duration HELD_TICK = Duration.ofMillis(50);
    private static final Duration IDLE_TICK = Duration.ofSeconds(1);
    /** After this long without a punctuation, the task is assumed to have been paused. */
    private static final long STALL_MS = 500;

    private final FeatureSpec spec;
    private final LegPolicy policy;
    private final StageMetrics metrics;
    private final FlowMetrics flow;
    private final AudioChunkReader reader;
    private final WindowRecords records;
    private final AvroCodec<MfccWindow> codec;
    private final AvroCodec<CallConversation> conversationCodec;
    private @Nullable Session session;

    /**
     * @param reader of chunks, not shared with other processors
     * @param codec of windows, not shared with other processors
     * @param conversationCodec not shared with other processors
     */
    LegProcessor(
            FeatureSpec spec,
            LegPolicy policy,
            AudioChunkReader reader,
            AvroCodec<MfccWindow> codec,
            AvroCodec<CallConversation> conversationCodec,
            StageMetrics metrics,
            FlowMetrics flow) {
        this.spec = spec;
        this.policy = policy;
        this.metrics = metrics;
        this.flow = flow;
        this.reader = reader;
        this.codec = codec;
        this.conversationCodec = conversationCodec;
        this.records = new WindowRecords(spec);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        // A task that is revived after a fault is initialised again, so no earlier state may remain.
        close();
        session = new Session(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        current().process(record);
    }

    @Override
    public void close() {
        if (session != null) {
            session.watch.close();
            session.account.handOver();
            session = null;
        }
    }

    private Session current() {
        if (session == null) {
            throw new IllegalStateException("processor must be initialised first");
        }
        return session;
    }

    /** From one initialisation to the next close. */
    private final class Session {
        private final ProcessorContext<byte[], byte[]> context;
        private final LegStates states;
        private final LegWatch watch;
        private final TaskAccount account = new TaskAccount(metrics);
        private final DeadLetterSink deadLetters;
        private final CauseLog causes;
        private final @Nullable Conversations conversations;
        private long runningSinceMs;
        private long lastTickMs;

        Session(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
            this.causes = new CauseLog(LOG, context::currentSystemTimeMs);
            this.states = new LegStates(context.getStateStore(Names.LEG_STORE), spec, policy, reader);
            this.watch = new LegWatch(policy, flow.liveLegs(), context.currentSystemTimeMs());
            this.runningSinceMs = context.currentSystemTimeMs();
            this.lastTickMs = runningSinceMs;
            this.deadLetters = new DeadLetterSink(context, Stage.FEATURES, account, causes, policy.namesCalls());
            states.forEach(watch::found);
            this.conversations = policy.measuresConversations() ? conversations() : null;
            context.schedule(HELD_TICK, PunctuationType.WALL_CLOCK_TIME, this::flushHeld);
            context.schedule(IDLE_TICK, PunctuationType.WALL_CLOCK_TIME, this::endIdle);
        }

        private Conversations conversations() {
            return new Conversations(
                    context.getStateStore(Names.CONVERSATION_STORE),
                    policy,
                    conversationCodec,
                    (callId, record) -> {
                        byte[] key = callId.getBytes(StandardCharsets.UTF_8);
                        context.forward(
                                new Record<>(key, record, context.currentSystemTimeMs()), Names.CALL_CONVERSATIONS);
                        flow.countConversation();
                    },
                    context.currentSystemTimeMs());
        }

        void process(Record<byte[], byte[]> record) {
            account.taken();
            try {
                AudioChunk parsed = reader.parse(record.value());
                if (!policy.roles().contains(parsed.getRole())) {
                    measureOnly(record, parsed);
                    account.dropped(DropCause.ROLE);
                    return;
                }
                LegChunk chunk = reader.check(record.key(), parsed, record.timestamp());
                if (conversations != null) {
                    conversations.receive(chunk, context.currentSystemTimeMs());
                }
                receive(record, chunk);
            } catch (UnreadableRecordException e) {
                deadLetters.send(source(record), e.reason(), String.valueOf(e.getMessage()));
            }
        }

        /** Uses only the loudness of a leg that is not analysed, if conversations are measured. */
        private void measureOnly(Record<byte[], byte[]> record, AudioChunk parsed) {
            if (conversations == null) {
                return;
            }
            try {
                conversations.receive(
                        reader.check(record.key(), parsed, record.timestamp()), context.currentSystemTimeMs());
            } catch (UnreadableRecordException e) {
                // It is dropped for its role anyway; a dead letter would keep its audio.
                causes.warn(
                        "NOT_MEASURED",
                        "a chunk of a role that is not analysed cannot be used for its conversation: "
                                + e.getMessage());
            }
        }

        private void receive(Record<byte[], byte[]> record, LegChunk chunk) throws UnreadableRecordException {
            LegId id = chunk.leg();
            if (watch.hasEnded(id)) {
                account.dropped(DropCause.AFTER_END);
                return;
            }
            long nowMs = context.currentSystemTimeMs();
            LegStates.Live leg = find(chunk, nowMs);
            List<Window> windows = new ArrayList<>();
            int restarts = leg.leg().restarts();
            count(accept(leg, record, chunk, nowMs, windows));
            states.attributes(leg, chunk.attributes());
            if (leg.leg().restarts() > restarts) {
                flow.countPositionsRestarted();
                causes.warn(
                        "RESTARTED",
                        "positions of a leg restarted at " + chunk.chunk().position() + "; the leg continues");
            }
            watch.received(id, leg.leg().holding(), nowMs);
            windows.forEach(window -> forward(id, leg, window, record.timestamp()));
            if (leg.leg().complete()) {
                end(id, leg, EndReason.LAST_CHUNK, record.timestamp());
            } else {
                states.received(leg, record.value(), nowMs);
            }
        }

        private Outcome accept(
                LegStates.Live leg, Record<byte[], byte[]> record, LegChunk chunk, long nowMs, List<Window> windows)
                throws UnreadableRecordException {
            int contradicting = leg.leg().contradicting();
            try {
                return leg.leg().accept(chunk.chunk(), nowMs, windows::add);
            } catch (ChunkRefusedException e) {
                if (leg.leg().contradicting() > contradicting) {
                    flow.countContradicting();
                }
                states.received(leg, record.value(), nowMs);
                throw AudioChunkReader.refused(e);
            } catch (RuntimeException e) {
                // An internal fault: this chunk is refused, and the leg continues from its stored state.
                LOG.error("a chunk could not be processed", e);
                states.forget(chunk.leg());
                throw new UnreadableRecordException(
                        DeadLetterReason.UNKNOWN,
                        "chunk could not be processed: " + e.getClass().getSimpleName());
            }
        }

        private LegStates.Live find(LegChunk chunk, long nowMs) throws UnreadableRecordException {
            LegId id = chunk.leg();
            LegStates.Live leg = null;
            int firstIndex = 0;
            CallAttributes known = CallAttributes.NONE;
            try {
                leg = watch.isLive(id) ? get(id) : null;
            } catch (StaleStateException e) {
                causes.warn(
                        "STALE_STATE",
                        "the state of a leg cannot be read: the leg starts over, its window numbers continue: "
                                + e.getMessage());
                firstIndex = e.nextIndex();
                known = states.attributes(id);
                states.remove(id);
                watch.forget(id);
            }
            if (leg == null) {
                if (!watch.open(id, nowMs)) {
                    throw new UnreadableRecordException(
                            DeadLetterReason.LIMIT,
                            "legs must be at most legs.max=" + policy.legsMax()
                                    + " in a process; raise the limit or run more instances");
                }
                leg = states.open(id, chunk, nowMs, firstIndex);
                states.attributes(leg, known);
            }
            return leg;
        }

        private LegStates.@Nullable Live get(LegId id) {
            boolean known = states.isLoaded(id);
            LegStates.Live leg = states.get(id);
            if (!known && leg != null && leg.leg().ofAnotherSpec()) {
                flow.countRestarted();
                causes.warn(
                        "SPEC_CHANGED",
                        "a leg continues with the feature spec of another bundle: its windows start over, their numbers continue");
            }
            return leg;
        }

        private void count(Outcome outcome) {
            switch (outcome) {
                case USED -> account.used();
                case DUPLICATE -> account.dropped(DropCause.DUPLICATE);
                case LATE -> account.dropped(DropCause.LATE);
                case AFTER_END -> account.dropped(DropCause.AFTER_END);
            }
        }

        /**
         * Gives up missing audio by wall-clock time, since stream time stops when a call is silent. Chunks that arrived while this task was not running, before a restart or in a stall, have not been read yet, so the waiting time restarts.
         */
        private void flushHeld(long nowMs) {
            if (nowMs - lastTickMs > STALL_MS) {
                runningSinceMs = nowMs;
            }
            lastTickMs = nowMs;
            if (nowMs - runningSinceMs <= policy.settings().maxDisorderMs()) {
                return;
            }
            for (LegId id : watch.holding()) {
                LegStates.Live leg = liveOrGivenUp(id, nowMs);
                if (leg != null) {
                    List<Window> windows = new ArrayList<>();
                    leg.leg().flushHeld(nowMs, windows::add);
                    windows.forEach(window -> forward(id, leg, window, nowMs));
                    watch.holds(id, leg.leg().holding());
                    if (leg.leg().complete()) {
                        end(id, leg, EndReason.LAST_CHUNK, nowMs);
                    } else {
                        states.flushed(leg, nowMs);
                    }
                }
            }
        }

        private void endIdle(long nowMs) {
            for (LegId id : watch.idle(nowMs)) {
                LegStates.Live leg = liveOrGivenUp(id, nowMs);
                if (leg != null) {
                    end(id, leg, EndReason.IDLE, nowMs);
                }
            }
            watch.forgottenEnds(nowMs).forEach(states::remove);
            if (conversations != null) {
                conversations.tick(nowMs);
            }
        }

        private LegStates.@Nullable Live liveOrGivenUp(LegId id, long nowMs) {
            try {
                LegStates.Live leg = get(id);
                if (leg != null) {
                    return leg;
                }
            } catch (StaleStateException e) {
                causes.warn(
                        "STALE_STATE", "a leg ends without an end record, since its state is lost: " + e.getMessage());
            }
            ended(id, nowMs);
            return null;
        }

        private void end(LegId id, LegStates.Live leg, EndReason reason, long timestampMs) {
            List<Window> windows = new ArrayList<>();
            LegReport report = leg.leg().end(reason, windows::add);
            windows.forEach(window -> forward(id, leg, window, timestampMs));
            send(id, records.ofEnd(id, report, leg.attributes()), timestampMs);
            flow.countLegEnded(report);
            ended(id, context.currentSystemTimeMs());
        }

        private void ended(LegId id, long nowMs) {
            states.ended(id, nowMs);
            watch.ended(id, nowMs);
        }

        private void forward(LegId id, LegStates.Live leg, Window window, long timestampMs) {
            send(id, records.ofWindow(id, window, leg.attributes()), timestampMs);
            flow.countWindow();
        }

        private void send(LegId id, MfccWindow window, long timestampMs) {
            context.forward(new Record<>(id.recordKey(), codec.encode(window), timestampMs), Names.MFCC_WINDOWS);
        }

        private Source source(Record<byte[], byte[]> record) {
            Optional<RecordMetadata> metadata = context.recordMetadata();
            return new Source(
                    metadata.map(RecordMetadata::topic).orElse(""),
                    metadata.map(RecordMetadata::partition).orElse(-1),
                    metadata.map(RecordMetadata::offset).orElse(-1L),
                    record.timestamp(),
                    record.key(),
                    record.value());
        }
    }
}
