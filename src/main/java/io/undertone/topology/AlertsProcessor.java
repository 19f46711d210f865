package io.undertone.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.DeadLetterReason;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.alert.Alert;
import io.undertone.alert.AlertRule;
import io.undertone.alert.AlertRules;
import io.undertone.alert.JudgedWindow;
import io.undertone.alert.LegAlerts;
import io.undertone.codec.AvroCodec;
import io.undertone.codec.UnreadableRecordException;
import io.undertone.config.Stage;
import io.undertone.ingest.LegId;
import io.undertone.metrics.CauseLog;
import io.undertone.metrics.StageMetrics;
import io.undertone.metrics.StageMetrics.DropCause;
import io.undertone.metrics.TaskAccount;
import io.undertone.publish.EmotionAlerts;
import io.undertone.topology.DeadLetterSink.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
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

/** Turns events into alerts by rules over each leg's latest windows. One instance per task, used only by that task's thread. */
final class AlertsProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(AlertsProcessor.class);
    private static final Duration CLEAN_EVERY = Duration.ofMinutes(1);
    /** A leg without events for this long while this task was running is over: its earlier windows no longer count. */
    private static final long LEG_OVER_MS = Duration.ofHours(1).toMillis();

    private final AlertRules rules;
    private final String topic;
    private final StageMetrics metrics;
    private final boolean namesCalls;
    private final Map<String, Counter> alertsByRule = new HashMap<>();
    private final AvroCodec<EmotionEvent> eventCodec;
    private final AvroCodec<EmotionAlert> alertCodec;
    private @Nullable Session session;

    /**
     * @param topic to read events from
     * @param eventCodec not shared with other processors
     * @param alertCodec not shared with other processors
     * @param namesCalls whether the log may name calls
     */
    AlertsProcessor(
            AlertRules rules,
            String topic,
            AvroCodec<EmotionEvent> eventCodec,
            AvroCodec<EmotionAlert> alertCodec,
            StageMetrics metrics,
            MeterRegistry registry,
            boolean namesCalls) {
        this.eventCodec = eventCodec;
        this.alertCodec = alertCodec;
        this.namesCalls = namesCalls;
        this.rules = rules;
        this.topic = topic;
        this.metrics = metrics;
        for (AlertRule rule : rules.list()) {
            alertsByRule.put(
                    rule.name(),
                    Counter.builder("undertone.alerts")
                            .description("Alerts, by rule")
                            .tag("rule", rule.name())
                            .register(registry));
        }
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        // A task that is revived after a fault is initialised again, so no earlier state may remain.
        close();
        session = new Session(context);
    }

    @Override
    public void close() {
        if (session != null) {
            session.account.handOver();
            session = null;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (session == null) {
            throw new IllegalStateException("processor must be initialised first");
        }
        session.process(record);
    }

    /** From one initialisation to the next close. */
    private final class Session {
        private final ProcessorContext<byte[], byte[]> context;
        private final KeyValueStore<Bytes, byte[]> store;
        private final TaskAccount account = new TaskAccount(metrics);
        private final DeadLetterSink deadLetters;
        private final Map<Bytes, Long> lastEventMs = new HashMap<>();
        private final long runningSinceMs;

        Session(ProcessorContext<byte[], byte[]> context) {
            this.context = context;
            this.store = context.getStateStore(Names.ALERT_STORE);
            this.runningSinceMs = context.currentSystemTimeMs();
            this.deadLetters = new DeadLetterSink(
                    context, Stage.ALERTS, account, new CauseLog(LOG, context::currentSystemTimeMs), namesCalls);
            context.schedule(CLEAN_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forgetLegsThatAreOver);
        }

        void process(Record<byte[], byte[]> record) {
            account.taken();
            EmotionEvent event;
            try {
                event = eventCodec.decode(record.value());
            } catch (UnreadableRecordException e) {
                deadLetters.send(source(record), e.reason(), String.valueOf(e.getMessage()));
                return;
            }
            if (!LegId.isCallId(event.getCallId())) {
                deadLetters.send(
                        source(record), DeadLetterReason.BAD_CALL_ID, "callId must be 1 to 256 printable characters");
                return;
            }
            judge(new LegId(event.getCallId(), event.getRole()), event, record.timestamp());
        }

        private void judge(LegId leg, EmotionEvent event, long timestampMs) {
            Bytes key = Bytes.wrap(leg.storePrefix());
            LegAlerts state = LegAlerts.fromBytes(rules, store.get(key));
            JudgedWindow window = EmotionAlerts.window(event);
            if (state.hasSeen(window)) {
                account.dropped(DropCause.DUPLICATE);
                return;
            }
            for (Alert alert : state.take(window)) {
                EmotionAlert record = EmotionAlerts.of(alert, event, context.currentSystemTimeMs());
                context.forward(
                        new Record<>(leg.recordKey(), alertCodec.encode(record), timestampMs), Names.EMOTION_ALERTS);
                Counter counter = alertsByRule.get(alert.rule().name());
                if (counter != null) {
                    counter.increment();
                }
            }
            store.put(key, state.toBytes());
            lastEventMs.put(key, context.currentSystemTimeMs());
            account.used();
        }

        /** Uses this process' clock alone: publishers' clocks may be wrong, and a backlog has older times. */
        private void forgetLegsThatAreOver(long nowMs) {
            List<Bytes> over = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    Bytes leg = all.next().key;
                    if (nowMs - lastEventMs.getOrDefault(leg, runningSinceMs) > LEG_OVER_MS) {
                        over.add(leg);
                    }
                }
            }
            over.forEach(leg -> {
                store.delete(leg);
                lastEventMs.remove(leg);
            });
        }

        private Source source(Record<byte[], byte[]> record) {
            Optional<RecordMetadata> metadata = context.recordMetadata();
            return new Source(
                    metadata.map(RecordMetadata::topic).orElse(topic),
                    metadata.map(RecordMetadata::partition).orElse(-1),
                    metadata.map(RecordMetadata::offset).orElse(-1L),
                    record.timestamp(),
                    record.key(),
                    record.value());
        }
    }
}
