package io.undertone.bench;

import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.SampleFormat;
import io.undertone.ingest.LegId;
import io.undertone.kafka.EventListener;
import io.undertone.source.LegPublisher;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The legs of one run of the bench: makes their chunks and matches their events. One thread sends, another one reads.
 */
final class BenchTraffic implements EventListener {
    /** Windows whose last chunk was due in this time are measured, ns since the run's start. */
    record Measured(long fromNanos, long untilNanos) {
        boolean holds(long dueNanos) {
            return dueNanos >= fromNanos && dueNanos < untilNanos;
        }
    }

    private final String runId;
    private final LegSchedule schedule;
    private final LoopedAudio audio;
    private final SampleFormat format;
    private final Role role;
    private final int windowMs;
    private final Measured measured;
    private final LongSupplier nanoClock;
    private final LatencyLog latencies = new LatencyLog();
    private final LegFeed[] feeds;
    private final int[] events;
    private final int[] expected;
    private final long[] sentMs;
    private final long[] missingMs;
    private int summaries;
    private volatile long startNanos;

    /**
     * @param runId prefix of call ids
     * @param role of the legs
     * @param windowMs length of a whole window; shorter ones, at a leg's end, are not measured
     */
    BenchTraffic(
            String runId,
            LegSchedule schedule,
            LoopedAudio audio,
            SampleFormat format,
            Role role,
            int windowMs,
            Measured measured,
            LongSupplier nanoClock) {
        this.runId = runId;
        this.schedule = schedule;
        this.audio = audio;
        this.format = format;
        this.role = role;
        this.windowMs = windowMs;
        this.measured = measured;
        this.nanoClock = nanoClock;
        this.feeds = new LegFeed[schedule.legs()];
        this.events = new int[schedule.legs()];
        this.expected = new int[schedule.legs()];
        this.sentMs = new long[schedule.legs()];
        this.missingMs = new long[schedule.legs()];
    }

    /** Begins the run: its start by the monotonic clock and by the time of day, and the feeds of its legs. */
    void startAt(long nanos, long epochMs, LegFeed.Factory factory) {
        startNanos = nanos;
        for (int leg = 0; leg < feeds.length; leg++) {
            // The leg begins one chunk length before its first chunk is due.
            long beginMs = epochMs + TimeUnit.NANOSECONDS.toMillis(schedule.chunkDueNanos(leg, -1));
            feeds[leg] = factory.open(runId + leg, audio.sampleRateHz(leg), beginMs);
        }
    }

    /** Feeds that publish chunks to Kafka. */
    LegFeed published(String callId, int sampleRateHz, long beginMs, Consumer<AudioChunk> chunks) {
        LegPublisher publisher =
                new LegPublisher(new LegId(callId, role), sampleRateHz, beginMs, audio.chunking(), chunks);
        return (position, samples, last) -> {
            if (last) {
                publisher.addLast(format, position, samples);
            } else {
                publisher.add(format, position, samples);
            }
        };
    }

    /** Sends a chunk of a leg. */
    void send(int leg, long chunk, boolean last) {
        if (last) {
            synchronized (this) {
                sentMs[leg] = audio.position(leg, chunk + 1) * 1_000 / audio.sampleRateHz(leg);
            }
        }
        feeds[leg].send(audio.position(leg, chunk), audio.chunk(leg, chunk), last);
    }

    @Override
    public synchronized void event(EmotionEvent event) {
        int leg = leg(event.getCallId(), event.getRole());
        if (leg < 0) {
            return;
        }
        events[leg]++;
        long dueNanos = schedule.windowDueNanos(leg, event.getEndMs());
        if (event.getEndMs() - event.getStartMs() == windowMs && measured.holds(dueNanos)) {
            latencies.record(nanoClock.getAsLong() - startNanos - dueNanos);
        }
    }

    @Override
    public synchronized void summary(CallSummary summary) {
        int leg = leg(summary.getCallId(), summary.getRole());
        if (leg >= 0) {
            missingMs[leg] = Math.max(0, sentMs[leg] - (summary.getDurationMs() - summary.getGapMs()));
            expected[leg] = summary.getWindows();
            summaries++;
        }
    }

    /** The call's other side is not measured. */
    private int leg(String callId, Role side) {
        return side == role && callId.startsWith(runId) ? Integer.parseInt(callId.substring(runId.length())) : -1;
    }

    synchronized LatencyLog latencies() {
        return latencies;
    }

    /** Legs without a summary so far. */
    synchronized int missingSummaries() {
        return schedule.legs() - summaries;
    }

    /** Audio that was sent and is missing in the summaries, ms; only of legs with a summary. */
    synchronized long missingMs() {
        return Arrays.stream(missingMs).sum();
    }

    /** Windows counted in summaries without an event. */
    synchronized long missingEvents() {
        long missing = 0;
        for (int leg = 0; leg < events.length; leg++) {
            missing += Math.max(0, expected[leg] - events[leg]);
        }
        return missing;
    }
}
