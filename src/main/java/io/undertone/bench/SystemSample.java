package io.undertone.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Memory, threads and lag of {@code serve} at one moment of a bench.
 *
 * @param seconds since the bench's first leg
 * @param heapMb heap in use, garbage included, MB (2^20 bytes)
 * @param residentMb resident memory of the process, MB; NaN on systems other than Linux
 * @param threads number of live threads
 * @param lagRecords consumer lag, total of all partitions
 */
public record SystemSample(double seconds, double heapMb, double residentMb, double threads, double lagRecords) {
    private static final int PARTS = 4;

    /**
     * The change from the first to the last quarter of the samples, in a line: the minimum for the heap, which holds
     * garbage between collections, and the median for all else.
     *
     * @return empty for fewer than eight samples
     */
    public static String trend(List<SystemSample> samples) {
        int part = samples.size() / PARTS;
        if (part < 2) {
            return "";
        }
        List<SystemSample> first = samples.subList(0, part);
        List<SystemSample> last = samples.subList(samples.size() - part, samples.size());
        return String.format(
                Locale.ROOT,
                "serve over %.0f min, first quarter to last: least heap %.0f to %.0f MB, resident %.0f to %.0f MB, threads %.0f to %.0f,"
                        + " lag %.0f to %.0f records",
                (last.get(part - 1).seconds - first.get(0).seconds) / 60,
                at(first, SystemSample::heapMb, 0),
                at(last, SystemSample::heapMb, 0),
                at(first, SystemSample::residentMb, part / 2),
                at(last, SystemSample::residentMb, part / 2),
                at(first, SystemSample::threads, part / 2),
                at(last, SystemSample::threads, part / 2),
                at(first, SystemSample::lagRecords, part / 2),
                at(last, SystemSample::lagRecords, part / 2));
    }

    private static double at(List<SystemSample> samples, ToDoubleFunction<SystemSample> value, int rank) {
        return samples.stream()
                .mapToDouble(value)
                .sorted()
                .skip(rank)
                .findFirst()
                .orElse(Double.NaN);
    }
}
