package io.undertone.bench;

import java.util.List;
import java.util.Map;

/**
 * Results of one run.
 *
 * @param legs number of simultaneous legs
 * @param measuredSeconds measured time, after the warm-up
 * @param chunks sent in total, warm-up included; through the gateway, frames
 * @param latency from the due time of a window's last chunk until its event is readable
 * @param curve latency by percentile
 * @param eventsPerLegSecond measured events; below 1 where callers are silent
 * @param missingEvents windows in the legs' summaries without an event
 * @param missingSummaries legs without a summary
 * @param missingMs audio sent but missing in the summaries, total of all legs
 * @param processes by name: resources used in the measured time
 * @param serveCores by part of {@code serve}: cores that its threads kept busy, see {@link ServeThreads}; empty where none was
 *     started or on systems other than Linux
 * @param bytesPerLegSecond by topic: growth of the broker's logs, as stored; for changelogs, which are compacted, keys and
 *     values written, before compression
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
     * Resources used by a process.
     *
     * @param cores mean number of busy cores: 0.5 is half of one
     * @param cpuMsPerLegSecond CPU time for a second of one leg
     * @param residentMb resident memory at the end, MB; null on systems other than Linux
     */
    public record Cost(
            double cores,
            double cpuMsPerLegSecond,
            @org.jspecify.annotations.Nullable Double residentMb) {}

    /** Whether nothing is missing and p99 is within the limit. */
    public boolean holds(double p99Ms) {
        return missingEvents == 0 && missingSummaries == 0 && missingMs == 0 && latency.p99Ms() <= p99Ms;
    }
}
