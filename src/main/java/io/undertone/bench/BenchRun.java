package io.undertone.bench;

import io.undertone.AudioChunk;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Causes;
import io.undertone.failure.Failure;
import io.undertone.kafka.EventReader;
import io.undertone.kafka.KafkaClients;
import io.undertone.source.ChunkProducer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Runs a number of legs through the system and measures latency and cost: first a warm-up, then the measured time; then the legs
 * end, and their summaries are checked for missing events. Not thread-safe.
 */
public final class BenchRun {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long START_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** The legs continue after the measured time, so that its last windows get all their audio. */
    private static final long TAIL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long SUMMARIES_SECONDS = 60;
    private static final long SEED = 1;

    /**
     * Settings of a run.
     *
     * @param chunkMs length of a chunk
     * @param joinSeconds time over which the legs begin
     * @param warmUpSeconds from the first leg's start until measuring
     * @param seconds measured time
     */
    public record Settings(int chunkMs, int joinSeconds, int warmUpSeconds, int seconds) {
        /** Time from the start until the last chunk but one. */
        long playNanos() {
            return TimeUnit.SECONDS.toNanos((long) warmUpSeconds + seconds) + TAIL_NANOS;
        }

        BenchTraffic.Measured measured() {
            return new BenchTraffic.Measured(
                    TimeUnit.SECONDS.toNanos(warmUpSeconds), TimeUnit.SECONDS.toNanos((long) warmUpSeconds + seconds));
        }
    }

    private final UndertoneConfig config;
    private final BenchStorage storage;
    private final Map<String, ProcessHandle> processes;
    private final LoopedAudio audio;
    private final SampleFormat format;
    private final int windowMs;
    private final Settings settings;
    private final @Nullable URI gateway;

    /**
     * @param processes whose resources are measured, by name
     * @param gateway address that legs are sent to in Twilio's protocol; null: they are published to Kafka
     */
    public BenchRun(
            UndertoneConfig config,
            BenchStorage storage,
            Map<String, ProcessHandle> processes,
            LoopedAudio audio,
            SampleFormat format,
            int windowMs,
            Settings settings,
            @Nullable URI gateway) {
        this.config = config;
        this.storage = storage;
        this.processes = new TreeMap<>(processes);
        this.audio = audio;
        this.format = format;
        this.windowMs = windowMs;
        this.settings = settings;
        this.gateway = gateway;
    }

    private record Reading(
            long nanos,
            Map<String, ProcessUse> uses,
            @Nullable ServeThreads threads,
            Map<String, Long> bytes,
            Map<TopicPartition, Long> changelogEnds) {}

    /**
     * Makes one run.
     *
     * @param progress receives the seconds elapsed
     */
    public RunResult run(int legs, LongConsumer progress) throws InterruptedException {
        LegSchedule schedule = new LegSchedule(legs, settings.chunkMs(), settings.joinSeconds(), SEED);
        BenchTraffic traffic = traffic(schedule);
        try (EventReader events = EventReader.open(config, false);
                Producer<String, AudioChunk> producer = KafkaClients.audioProducer(config);
                TwilioFeeds twilio = gateway == null
                        ? null
                        : new TwilioFeeds(gateway, config.gateway().twilioAuthToken())) {
            Thread reader = new Thread(() -> read(events, traffic), "bench-reader");
            reader.setDaemon(true);
            reader.start();
            long start = System.nanoTime() + START_AFTER_NANOS;
            ChunkProducer sender = new ChunkProducer(producer, config.audioChunksTopic());
            traffic.startAt(
                    start,
                    System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(START_AFTER_NANOS),
                    twilio != null
                            ? twilio
                            : (callId, rate, beginMs) -> traffic.published(callId, rate, beginMs, sender::sendOrFail));
            CompletableFuture<Reading> before =
                    readingAt(start + settings.measured().fromNanos());
            CompletableFuture<Reading> after =
                    readingAt(start + settings.measured().untilNanos());
            long chunks = play(schedule, traffic, start, progress);
            sender.flush();
            long stateBytes = storage.stateBytes();
            endLegs(schedule, traffic);
            sender.flush();
            awaitSummaries(traffic);
            events.stop();
            reader.join();
            return result(schedule, traffic, chunks + legs, get(before), get(after), stateBytes);
        }
    }

    private BenchTraffic traffic(LegSchedule schedule) {
        return new BenchTraffic(
                "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-",
                schedule,
                audio,
                format,
                Role.valueOf(config.analysisRoles().get(0)),
                windowMs,
                settings.measured(),
                System::nanoTime);
    }

    /** Sends all chunks but the last of each leg, and returns their number. */
    private long play(LegSchedule schedule, BenchTraffic traffic, long start, LongConsumer progress)
            throws InterruptedException {
        SchedulePlayer player = new SchedulePlayer(schedule, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        return player.play(start, settings.playNanos(), (leg, chunk) -> {
            traffic.send(leg, chunk, false);
            progress.accept(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        });
    }

    /** Sends the last chunk of each leg. */
    private void endLegs(LegSchedule schedule, BenchTraffic traffic) {
        for (int leg = 0; leg < schedule.legs(); leg++) {
            traffic.send(leg, schedule.chunksBefore(leg, settings.playNanos()), true);
        }
    }

    private static void read(EventReader events, BenchTraffic traffic) {
        boolean open = true;
        while (open) {
            open = events.poll(POLL, traffic);
        }
    }

    private CompletableFuture<Reading> readingAt(long nanos) {
        return CompletableFuture.supplyAsync(
                this::reading,
                CompletableFuture.delayedExecutor(Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS));
    }

    private Reading reading() {
        Map<String, ProcessUse> uses = new TreeMap<>();
        long nanos = System.nanoTime();
        processes.forEach((name, process) -> uses.put(name, ProcessUse.of(process)));
        ProcessHandle serve = processes.get("serve");
        ServeThreads threads = serve == null ? null : ServeThreads.of(serve);
        try {
            return new Reading(nanos, uses, threads, storage.bytes(), storage.changelogEnds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static Reading get(CompletableFuture<Reading> reading) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new Failure("cannot measure what was used: " + Causes.innermost(e), e);
        }
    }

    private static void awaitSummaries(BenchTraffic traffic) throws InterruptedException {
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(SUMMARIES_SECONDS);
        while (traffic.missingSummaries() + traffic.missingEvents() > 0 && System.nanoTime() < giveUpAt) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private RunResult result(
            LegSchedule schedule, BenchTraffic traffic, long chunks, Reading before, Reading after, long stateBytes) {
        double seconds = (after.nanos - before.nanos) / 1e9;
        double legSeconds = seconds * schedule.legs();
        Map<String, RunResult.Cost> costs = new TreeMap<>();
        after.uses.forEach((name, use) -> {
            ProcessUse earlier = before.uses.getOrDefault(name, use);
            double cpuSeconds = use.cpuSeconds() - earlier.cpuSeconds();
            costs.put(
                    name,
                    new RunResult.Cost(
                            cpuSeconds / seconds,
                            1000 * cpuSeconds / legSeconds,
                            use.residentMb().isPresent() ? use.residentMb().getAsDouble() : null));
        });
        Map<String, Double> bytes = new TreeMap<>();
        after.bytes.forEach(
                (topic, size) -> bytes.put(topic, (size - before.bytes.getOrDefault(topic, 0L)) / legSeconds));
        storage.written(before.changelogEnds, after.changelogEnds)
                .forEach((changelog, written) -> bytes.put(changelog, written / legSeconds));
        return new RunResult(
                schedule.legs(),
                seconds,
                chunks,
                traffic.latencies().summary(),
                traffic.latencies().curve(),
                traffic.latencies().summary().events() / (double) settings.seconds() / schedule.legs(),
                traffic.missingEvents(),
                traffic.missingSummaries(),
                traffic.missingMs(),
                costs,
                serveCores(before, after, seconds),
                bytes,
                stateBytes / (double) schedule.legs());
    }

    private static Map<String, Double> serveCores(Reading before, Reading after, double seconds) {
        Map<String, Double> cores = new TreeMap<>();
        if (before.threads != null && after.threads != null) {
            after.threads.since(before.threads).forEach((part, spent) -> cores.put(part, spent / seconds));
        }
        return cores;
    }
}
