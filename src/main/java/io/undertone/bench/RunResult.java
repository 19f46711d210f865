package io.undertone.bench;

import java.util.List;
import java.util.Map;

/**
 * What one run with some number of legs measured.
 *
 * @param legs live at the same time
 * @param measuredSeconds how long was measured, after warming up
 * @param chunks sent in all, warming up included; through the gateway, frames of a leg
 * @param latency from the moment at which a window's last chunk was due to its event being readable
 * @param curve the same as percentiles
 * @param eventsPerLegSecond events measured; below 1 where callers are silent
 * @param missingEvents windows of the legs' summaries whose events never came
 * @param missingSummaries legs whose summary never came
 * @param missingMs audio that was sent and that no summary has, all legs together
 * @param processes by name: what each used while measuring
 * @param serveCores by part of {@code serve}: cores that its threads kept busy, as {@link ServeThreads} has it; empty where none was
 *     started or the system does not tell
 * @param bytesPerLegSecond by topic: what the broker's logs grew by, as stored; of changelogs, which are compacted, the keys and
 *     values that were written, before compression
 * @param stateBytesPerLeg bytes of keys and values in all changelogs of Undertone's stores
 */
public record RunResult(
        int legs,
        double measuredSeconds,
        long chunks,
        LatencyLog.Summary latency,
        List<LatencyLog.Point> curve,
        double eventsPerLegSecond,
        long missingEvents,
        int missingSummaries,
        long missingMs,
        Map<String, Cost> processes,
        Map<String, Double> serveCores,
        Map<String, Double> bytesPerLegSecond,
        double stateBytesPerLeg) {
    /**
     * What a process used.
     *
     * @param cores of the machine that it kept busy: 0.5 is half of one
     * @param cpuMsPerLegSecond CPU time for a second of one leg
     * @param residentMb memory that it held at the end; null where the system does not tell
     */
    public record Cost(
            double cores,
            double cpuMsPerLegSecond,
            @org.jspecify.annotations.Nullable Double residentMb) {}

    /** Whether everything came, and 99 of 100 events in time. */
    public boolean holds(double p99Ms) {
        return missingEvents == 0 && missingSummaries == 0 && missingMs == 0 && latency.p99Ms() <= p99Ms;
    }
}
