package io.undertone.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What things cost beside each other on a machine that has other work: they take turns within one process, six rounds of 0.4 s of the
 * process' CPU time each, and the least of them counts.
 */
public final class Turns {
    private static final int ROUNDS = 6;
    private static final long TURN_NANOS = 400_000_000L;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Turns() {}

    /**
     * Measures.
     *
     * @param operations what is to be measured, by name
     * @return microseconds of CPU time for one operation, by name
     */
    public static Map<String, Double> micros(Map<String, Runnable> operations) {
        Map<String, Double> least = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            operations.forEach((name, operation) -> least.merge(name, turn(operation), Math::min));
        }
        return least;
    }

    private static double turn(Runnable operation) {
        long before = SYSTEM.getProcessCpuTime();
        long done = 0;
        while (SYSTEM.getProcessCpuTime() - before < TURN_NANOS) {
            operation.run();
            done++;
        }
        return (SYSTEM.getProcessCpuTime() - before) / 1e3 / done;
    }
}
