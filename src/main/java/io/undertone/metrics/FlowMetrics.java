package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.undertone.window.LegReport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** What flows through both applications: live legs, waiting windows, outputs, and how old an event's audio is. Thread-safe. */
public final class FlowMetrics {
    /** An event older than this is from a replay, not delayed. */
    private static final long MAX_LATENCY_MS = 3_600_000;

    private static final Duration[] AGES = LongStream.of(
                    50, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 30_000,
                    60_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final AtomicInteger liveLegs = new AtomicInteger();
    private final AtomicInteger waitingWindows = new AtomicInteger();
    private final Counter windows;
    private final Counter legsEnded;
    private final Counter summaries;
    private final Counter unended;
    private final Counter conversations;
    private final Counter silentWindows;
    private final Counter notSpeechWindows;
    private final Counter gaps;
    private final Counter gapSeconds;
    private final Counter audioSeconds;
    private final Counter restarted;
    private final Counter positionsRestarted;
    private final Counter contradicting;
    private final Timer latency;

    public FlowMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("undertone.legs.live", liveLegs, AtomicInteger::get)
                .description("Legs that have started and not ended, in this process")
                .register(registry);
        Gauge.builder("undertone.windows.waiting", waitingWindows, AtomicInteger::get)
                .description("Windows that wait for a verdict, in this process")
                .register(registry);
        windows = Counter.builder("undertone.features.windows")
                .description("Windows with speech that the features stage published")
                .register(registry);
        legsEnded = Counter.builder("undertone.features.legs.ended")
                .description("Ends of legs that the features stage published")
                .register(registry);
        restarted = Counter.builder("undertone.features.legs.restarted")
                .description("Legs whose windows restarted because the bundle's feature spec changed")
                .register(registry);
        positionsRestarted = Counter.builder("undertone.legs.positions.restarted")
                .description("Restarts of positions within a leg, as when its source reconnects; the leg continued")
                .register(registry);
        contradicting = Counter.builder("undertone.chunks.contradicting")
                .description("Chunks refused because another source publishes the same call and role")
                .register(registry);
        summaries = Counter.builder("undertone.inference.summaries")
                .description("Summaries of legs that the inference stage published")
                .register(registry);
        unended = Counter.builder("undertone.inference.legs.unended")
                .description("Legs that the inference stage dropped without a summary because their end never arrived")
                .register(registry);
        conversations = Counter.builder("undertone.features.conversations")
                .description("Conversations of calls that the features stage published")
                .register(registry);
        latency = Timer.builder("undertone.event.age")
                .description("Time from a window's last sample being spoken to its verdict")
                // Buckets add up over processes, percentiles don't.
                .serviceLevelObjectives(AGES)
                .register(registry);
        silentWindows = Counter.builder("undertone.windows.silent")
                .description("Windows with too little speech for a label, in legs that ended")
                .register(registry);
        notSpeechWindows = Counter.builder("undertone.windows.not.speech")
                .description("Windows with enough sound but no voice (music, tones, noise), in legs that ended")
                .register(registry);
        gaps = Counter.builder("undertone.gaps")
                .description("Stretches of missing audio in legs that ended")
                .register(registry);
        gapSeconds = Counter.builder("undertone.gap.seconds")
                .description("Length of missing audio in legs that ended")
                .register(registry);
        audioSeconds = Counter.builder("undertone.audio.seconds")
                .description("Length of legs that ended, gaps included")
                .register(registry);
    }

    /** Live legs, shared by all tasks: they add and take away what is theirs. */
    public AtomicInteger liveLegs() {
        return liveLegs;
    }

    /** Waiting windows, shared by all tasks: they add and take away what is theirs. */
    public AtomicInteger waitingWindows() {
        return waitingWindows;
    }

    public void countWindow() {
        windows.increment();
    }

    /** Counts a leg and what it held. */
    public void countLegEnded(LegReport report) {
        legsEnded.increment();
        silentWindows.increment(report.silentWindows());
        notSpeechWindows.increment(report.notSpeechWindows());
        gaps.increment(report.gaps());
        gapSeconds.increment(report.gapMs() / 1000.0);
        audioSeconds.increment(report.durationMs() / 1000.0);
    }

    public void countRestarted() {
        restarted.increment();
    }

    public void countPositionsRestarted() {
        positionsRestarted.increment();
    }

    public void countContradicting() {
        contradicting.increment();
    }

    public void countSummary() {
        summaries.increment();
    }

    public void countUnended() {
        unended.increment();
    }

    public void countConversation() {
        conversations.increment();
    }

    /** Counts a window that was judged without a voter, since that failed on it. */
    public void countMissing(String voter) {
        Counter.builder("undertone.inference.voter.failures")
                .description("Windows that were judged without this voter because it failed on them")
                .tag("voter", voter)
                .register(registry)
                .increment();
    }

    /** Takes the age of an event, unless its audio is of another day. */
    public void eventAge(long capturedAtMs, long nowMs) {
        long age = nowMs - capturedAtMs;
        if (age >= 0 && age <= MAX_LATENCY_MS) {
            latency.record(Duration.ofMillis(age));
        }
    }
}
