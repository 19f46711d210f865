package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.undertone.DeadLetterReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of each record that a stage took. Every record is counted once on each side:
 *
 * <pre>taken = used + dropped (by cause) + dead (by reason) + handed over [+ waiting]</pre>
 *
 * <p>where only inference has records that wait (a window until its batch is back), which a gauge shows, and handed over is what a task
 * left to the next owner of the partition (see {@link TaskAccount}, which counts). Counters are those of this process since its start: what a
 * crash made Kafka Streams do again is counted again. Thread-safe.
 */
public final class StageMetrics {
    /** Why a good record was not used. */
    public enum DropCause {
        /** A role that is not analysed. */
        ROLE,
        /** All of its audio had been received before. */
        DUPLICATE,
        /** It was received after its audio had been given up. */
        LATE,
        /** It was received after the end of its leg. */
        AFTER_END
    }

    private final Counter taken;
    private final Counter used;
    private final Counter handedOver;
    private final Map<DropCause, Counter> dropped = new EnumMap<>(DropCause.class);
    private final Map<DeadLetterReason, Counter> dead = new EnumMap<>(DeadLetterReason.class);

    private StageMetrics(MeterRegistry registry, String stage, String what) {
        Tags tags = Tags.of("stage", stage);
        taken = Counter.builder("undertone." + what + ".taken")
                .description("Records that the stage read")
                .tags(tags)
                .register(registry);
        used = Counter.builder("undertone." + what + ".used")
                .description("Records that the stage used")
                .tags(tags)
                .register(registry);
        handedOver = Counter.builder("undertone." + what + ".handed.over")
                .description(
                        "Records that the stage read but did not finish, left to the next owner of their partition")
                .tags(tags)
                .register(registry);
        for (DropCause cause : DropCause.values()) {
            dropped.put(
                    cause,
                    Counter.builder("undertone." + what + ".dropped")
                            .description("Valid records that the stage did not use, by cause")
                            .tags(tags.and("cause", cause.name().toLowerCase(java.util.Locale.ROOT)))
                            .register(registry));
        }
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            dead.put(
                    reason,
                    Counter.builder("undertone." + what + ".dead")
                            .description("Records that became dead letters, by reason")
                            .tags(tags.and("reason", reason.name().toLowerCase(java.util.Locale.ROOT)))
                            .register(registry));
        }
    }

    /** The counters of the features stage: {@code undertone.chunks.…}. */
    public static StageMetrics ofChunks(MeterRegistry registry) {
        return new StageMetrics(registry, "features", "chunks");
    }

    /** The counters of the inference stage: {@code undertone.windows.…}. */
    public static StageMetrics ofWindows(MeterRegistry registry) {
        return new StageMetrics(registry, "inference", "windows");
    }

    /** The counters of the alerts stage: {@code undertone.alert.events.…}. */
    public static StageMetrics ofEvents(MeterRegistry registry) {
        return new StageMetrics(registry, "alerts", "alert.events");
    }

    void countTaken() {
        taken.increment();
    }

    void countUsed() {
        used.increment();
    }

    void countDropped(DropCause cause) {
        of(dropped, cause).increment();
    }

    void countDead(DeadLetterReason reason) {
        of(dead, reason).increment();
    }

    void countHandedOver(int records) {
        handedOver.increment(records);
    }

    public long taken() {
        return (long) taken.count();
    }

    public long used() {
        return (long) used.count();
    }

    /** Records that a task left to the next owner of its partition. */
    public long handedOver() {
        return (long) handedOver.count();
    }

    public long dropped(DropCause cause) {
        return (long) of(dropped, cause).count();
    }

    /** Records dropped for any cause. */
    public long dropped() {
        return dropped.values().stream()
                .mapToLong(counter -> (long) counter.count())
                .sum();
    }

    public long dead(DeadLetterReason reason) {
        return (long) of(dead, reason).count();
    }

    /** Records that became dead letters for any reason. */
    public long dead() {
        return dead.values().stream()
                .mapToLong(counter -> (long) counter.count())
                .sum();
    }

    private static <K> Counter of(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalStateException("every constant has a counter: " + key);
        }
        return counter;
    }
}
