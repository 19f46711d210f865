package io.undertone.topology;

import io.undertone.CallSummary;
import io.undertone.DeadLetterReason;
import io.undertone.EmotionEvent;
import io.undertone.LegEnd;
import io.undertone.MfccWindow;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.Stage;
import io.undertone.inference.DynamicBatcher;
import io.undertone.inference.Probabilities;
import io.undertone.ingest.CallAttributes;
import io.undertone.ingest.LegId;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.EventMetrics;
import io.undertone.metrics.FlowMetrics;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.StageMetrics.DropCause;
import io.undertone.metrics.TaskAccount;
import io.undertone.model.EmotionModel;
import io.undertone.publish.EmotionEvents;
import io.undertone.publish.WindowRecords;
import io.undertone.topology.DeadLetterSink.Source;
import io.undertone.vote.LegVote.Judgement;
import io.undertone.vote.Opinion;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns windows into voted events and summaries. A window waits in a changelogged store from its arrival until its event is
 * forwarded; windows that wait when a task starts, after a crash or a rebalance, are submitted again. One instance per task; everything
 * except the batcher's callbacks happens on that task's thread.
 */
final class InferenceProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceProcessor.class);
    private static final Duration ANSWER_TICK = Duration.ofMillis(5);
    private static final long BACK_PRESSURE_WAIT_MS = 10;

    /** A leg without records for this long, longer than any call including holds, has lost its end record. */
    private static final Duration UNENDED_AFTER = Duration.ofHours(24);

    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final InferencePolicy policy;
    private final EmotionModel model;
    private final DynamicBatcher batcher;
    private final StageMetrics metrics;
    private final FlowMetrics flow;
    private final EventMetrics events;
    private final LongSupplier nanoClock;
    private final WindowRecords records;
    private final AvroCodec<MfccWindow> windowCodec;
    private final AvroCodec<EmotionEvent> eventCodec;
    private final AvroCodec<CallSummary> summaryCodec;
    private @Nullable Session session;

    InferenceProcessor(
            InferencePolicy policy,
            EmotionModel model,
            DynamicBatcher batcher,
            StageMetrics metrics,
            FlowMetrics flow,
            EventMetrics events,
            LongSupplier nanoClock) {
        this.policy = policy;
        this.model = model;
        this.batcher = batcher;
        this.metrics = metrics;
        this.flow = flow;
        this.events = events;
        this.nanoClock = nanoClock;
        this.records = new WindowRecords(model.spec());
        this.windowCodec = policy.format().codec(MfccWindow.class, policy.topic());
        this.eventCodec = policy.format().codec(EmotionEvent.class, policy.eventsTopic());
        this.summaryCodec = policy.format().codec(CallSummary.class, policy.summariesTopic());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        // A task that is revived after a fault is initialised again, so no earlier state may remain.
        close();
        session = new Session(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (session == null) {
            throw new IllegalStateException("processor must be initialised first");
        }
        session.process(record);
    }

    /** Discards later answers: the windows wait in the store for the next owner of the task. */
    @Override
    public void close() {
        if (session != null) {
            batcher.cancel(session);
            session.account.handOver();
            session = null;
        }
    }

    /** A decoded record and its leg. */
    private record Arrival(LegId leg, MfccWindow record) {}

    /** The batcher's result for one window. */
    private record Answer(
            LegLine.Item item,
            @Nullable Opinion opinion,
            @Nullable Throwable failure) {}

    /** From one initialisation to the next close. */
    private final class Session {
        private final ProcessorContext<byte[], byte[]> context;
        private final KeyValueStore<Bytes, byte[]> waiting;
        private final KeyValueStore<Bytes, byte[]> tallies;
        private final DeadLetterSink deadLetters;
        private final CauseLog causes;
        private final Map<LegId, LegLine> lines = new HashMap<>();
        private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        private final TaskAccount account = new TaskAccount(metrics, flow.waitingWindows());
        private boolean resumed;
        /** When the stream thread could last commit. */
        private long roundBeganNanos = nanoClock.getAsLong();

        Session(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
            this.waiting = context.getStateStore(Names.WAITING_STORE);
            this.tallies = context.getStateStore(Names.TALLY_STORE);
            this.causes = new CauseLog(LOG, context::currentSystemTimeMs);
            this.deadLetters = new DeadLetterSink(context, Stage.INFERENCE, account, causes, policy.namesCalls());
            context.schedule(ANSWER_TICK, PunctuationType.WALL_CLOCK_TIME, now -> {
                roundBeganNanos = nanoClock.getAsLong();
                batcher.checkAlive();
                resume();
                takeAnswers();
            });
            context.schedule(SWEEP_EVERY, PunctuationType.STREAM_TIME, this::forgetUnended);
        }

        /**
         * Forgets legs whose end record never arrived. Uses stream time: a day-old backlog must not count as a day of silence.
         */
        private void forgetUnended(long streamTimeMs) {
            List<LegId> unended = new ArrayList<>();
            List<KeyValue<Bytes, byte[]>> undated = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> all = tallies.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = all.next();
                    LegId leg = LegId.ofStoreKey(entry.key.get());
                    long seenAtMs = LegStanding.fromBytes(entry.value).seenAtMs();
                    if (lines.containsKey(leg)) {
                        continue;
                    }
                    if (seenAtMs == LegStanding.UNKNOWN) {
                        undated.add(entry);
                    } else if (streamTimeMs - seenAtMs > UNENDED_AFTER.toMillis()) {
                        unended.add(leg);
                    }
                }
            }
            // Written by an earlier release: its day begins now.
            undated.forEach(entry -> tallies.put(
                    entry.key,
                    LegStanding.fromBytes(entry.value).seenAt(streamTimeMs).toBytes()));
            unended.forEach(leg -> {
                tallies.delete(tallyKey(leg));
                countUnended();
            });
        }

        private void countUnended() {
            flow.countUnended();
            causes.warn("LEG_WITHOUT_END", "a leg is forgotten without a summary, since its end record never arrived");
        }

        /**
         * Submits the windows that were waiting when the previous owner of this task stopped, in order of arrival. Not done at initialisation, when nothing can be forwarded yet.
         */
        private void resume() {
            if (resumed) {
                return;
            }
            resumed = true;
            List<KeyValue<Bytes, byte[]>> stored = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> all = waiting.all()) {
                all.forEachRemaining(stored::add);
            }
            stored.forEach(this::takeAgain);
            List.copyOf(lines.values()).forEach(this::leave);
        }

        private void takeAgain(KeyValue<Bytes, byte[]> entry) {
            Source source = WaitingWindow.fromBytes(
                    entry.value, policy.topic(), context.taskId().partition());
            try {
                if (!enter(entry.key, source, read(source))) {
                    waiting.delete(entry.key);
                }
            } catch (UnreadableRecordException e) {
                // It was readable when it arrived: the bundle has changed since.
                waiting.delete(entry.key);
                refuse(LegId.ofStoreKey(entry.key.get()), source, e);
            }
        }

        /** Decodes a record and counts it, unless it is a leg's end, which is not a window. */
        private Arrival read(Source source) throws UnreadableRecordException {
            Arrival arrival;
            try {
                MfccWindow record = windowCodec.decode(source.value());
                arrival = new Arrival(WindowRecords.leg(record), record);
            } catch (UnreadableRecordException e) {
                account.taken();
                throw e;
            }
            if (arrival.record().getEnd() == null) {
                account.taken();
            }
            return arrival;
        }

        void process(Record<byte[], byte[]> record) {
            resume();
            takeAnswers();
            Source source = source(record);
            Arrival arrival;
            try {
                arrival = read(source);
            } catch (UnreadableRecordException e) {
                deadLetters.send(source, e.reason(), String.valueOf(e.getMessage()));
                return;
            }
            LegId leg = arrival.leg();
            awaitRoom(line(leg));
            try {
                Bytes key = storeKey(leg, source.offset());
                if (enter(key, source, arrival)) {
                    waiting.put(key, WaitingWindow.toBytes(source, record.value()));
                }
            } catch (UnreadableRecordException e) {
                refuse(leg, source, e);
                return;
            }
            leave(line(leg));
        }

        /** Adds a record to its leg's line; false if it is a duplicate window. */
        private boolean enter(Bytes key, Source source, Arrival arrival) throws UnreadableRecordException {
            LegLine line = line(arrival.leg());
            CallAttributes attributes = CallAttributes.ofAny(arrival.record().getAttributes());
            LegEnd end = arrival.record().getEnd();
            if (end != null) {
                line.addEnd(key, source.timestampMs(), end, attributes);
                return true;
            }
            Window window = records.window(arrival.record());
            if (line.isRepeated(window)) {
                account.dropped(DropCause.DUPLICATE);
                return false;
            }
            LegLine.Item item = line.add(key, source.timestampMs(), window, attributes);
            submit(item, window);
            return true;
        }

        private void submit(LegLine.Item item, Window window) {
            BlockingQueue<Answer> inbox = answers;
            batcher.submit(window, this, new DynamicBatcher.Reply() {
                @Override
                public void answered(Probabilities probabilities, int index) {
                    Opinion opinion = Opinion.of(probabilities, index);
                    if (opinion.labels() == 0 || !opinion.isFinite()) {
                        throw new IllegalStateException("at least one voter must answer, with finite probabilities");
                    }
                    inbox.add(new Answer(item, opinion, null));
                }

                @Override
                public void failed(Throwable cause) {
                    inbox.add(new Answer(item, null, cause));
                }
            });
        }

        /**
         * Applies back-pressure: pauses reading while the queues are full, which shows as consumer lag, but no longer than the transaction allows. Then this record joins the queue, the thread commits, and the next wait begins.
         */
        private void awaitRoom(LegLine line) {
            while (isFull(line) && !hasWaitedLongEnough()) {
                batcher.checkAlive();
                try {
                    Answer answer = answers.poll(BACK_PRESSURE_WAIT_MS, TimeUnit.MILLISECONDS);
                    if (answer != null) {
                        take(answer);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while waiting for inference", e);
                }
            }
        }

        private boolean isFull(LegLine line) {
            return line.size() >= policy.waitingMaxPerLeg() || batcher.queueLength() >= policy.queueMax();
        }

        /** All tasks of a thread tick together, so this bounds their total wait. */
        private boolean hasWaitedLongEnough() {
            return nanoClock.getAsLong() - roundBeganNanos > TimeUnit.MILLISECONDS.toNanos(policy.waitMaxMs());
        }

        private void takeAnswers() {
            for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
                take(answer);
            }
        }

        private void take(Answer answer) {
            if (answer.opinion() != null) {
                answer.item().judged(answer.opinion());
            } else {
                answer.item().failed(answer.failure() == null ? new IllegalStateException() : answer.failure());
            }
            leave(answer.item().line());
        }

        /** Forwards the finished entries at the head of the line. */
        private void leave(LegLine line) {
            boolean changed = false;
            for (LegLine.Item item = line.pollDone(); item != null; item = line.pollDone()) {
                Window window = item.window();
                LegEnd end = item.end();
                if (window != null) {
                    if (item.first()) {
                        countUnended();
                        line.restart();
                    }
                    publish(line, item, window);
                    line.passed(window);
                    changed = true;
                } else if (end != null) {
                    summarize(line, item, end);
                    changed = false;
                }
                waiting.delete(item.storeKey());
            }
            if (changed) {
                keep(line);
            }
            if (line.size() == 0) {
                // The leg's state is read from the store.
                lines.remove(line.leg());
            }
        }

        private void publish(LegLine line, LegLine.Item item, Window window) {
            Opinion opinion = item.opinion();
            if (opinion == null) {
                Throwable failure = item.failure();
                byte[] stored = waiting.get(item.storeKey());
                if (stored == null) {
                    throw new IllegalStateException("a waiting window must be in the store: " + window);
                }
                Source source = WaitingWindow.fromBytes(
                        stored, policy.topic(), context.taskId().partition());
                deadLetters.send(
                        source,
                        DeadLetterReason.INFERENCE_FAILED,
                        "the ensemble must answer for window " + window.index() + ": " + failure);
                line.tally().addFailed(window.index());
                return;
            }
            long nowMs = context.currentSystemTimeMs();
            Judgement judgement = model.vote().judge(opinion, line.belief(), window.endMs());
            line.believe(judgement.belief());
            Verdict verdict = judgement.verdict();
            EmotionEvent event =
                    EmotionEvents.of(line.leg(), item.attributes(), window, verdict, model.affect(), model.id(), nowMs);
            send(line.leg(), eventCodec.encode(event), item.timestampMs(), Names.EMOTION_EVENTS);
            line.tally().add(event);
            verdict.missing().forEach(voter -> {
                flow.countMissing(voter);
                causes.warn("VOTER_FAILED " + voter, "events are voted without it; they name it in missingVoters");
            });
            account.used();
            events.event(window, judgement, event.getSentiment());
            flow.eventAge(window.capturedAtMs(), nowMs);
        }

        private void summarize(LegLine line, LegLine.Item item, LegEnd end) {
            CallSummary summary =
                    line.tally().summary(line.leg(), item.attributes(), end, model.id(), context.currentSystemTimeMs());
            send(line.leg(), summaryCodec.encode(summary), item.timestampMs(), Names.CALL_SUMMARIES);
            flow.countSummary();
            tallies.delete(tallyKey(line.leg()));
            line.restart();
        }

        /** Sends a window that cannot be judged to the dead letters and counts it in its leg's summary. */
        private void refuse(LegId leg, Source source, UnreadableRecordException e) {
            deadLetters.send(source, e.reason(), String.valueOf(e.getMessage()));
            LegLine line = line(leg);
            line.tally().addRefused();
            keep(line);
            leave(line);
        }

        private void keep(LegLine line) {
            tallies.put(
                    tallyKey(line.leg()),
                    line.standing(context.currentStreamTimeMs()).toBytes());
        }

        private LegLine line(LegId leg) {
            LegLine line = lines.get(leg);
            if (line == null) {
                byte[] stored = tallies.get(tallyKey(leg));
                line = new LegLine(leg, stored == null ? LegStanding.unknown() : LegStanding.fromBytes(stored));
                lines.put(leg, line);
            }
            return line;
        }

        private void send(LegId leg, byte[] value, long timestampMs, String sink) {
            context.forward(new Record<>(leg.recordKey(), value, timestampMs), sink);
        }

        private Source source(Record<byte[], byte[]> record) {
            Optional<RecordMetadata> metadata = context.recordMetadata();
            return new Source(
                    metadata.map(RecordMetadata::topic).orElse(policy.topic()),
                    metadata.map(RecordMetadata::partition).orElse(-1),
                    metadata.map(RecordMetadata::offset).orElse(-1L),
                    record.timestamp(),
                    record.key(),
                    record.value());
        }
    }

    private static Bytes tallyKey(LegId leg) {
        return Bytes.wrap(leg.storePrefix());
    }

    /** Sorts by leg, then by order of arrival. */
    private static Bytes storeKey(LegId leg, long offset) {
        byte[] prefix = leg.storePrefix();
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(offset)
                .array());
    }
}
