package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void shouldDoubleUpToTheLongestLessAHalfAtMost(
            @ForAll @IntRange(min = 1, max = 5_000) int failures, @ForAll long seed) {
        long full = failures > 10 ? 900_000 : Math.min(900_000, 1_000L << (failures - 1));

        assertThat(new Backoff(1_000, 900_000, new SplittableRandom(seed)).delayMs(failures))
                .isBetween(full / 2, full);
    }

    @Test
    void shouldSpreadWhatFailedTogether() {
        Backoff backoff = new Backoff(1_000, 900_000, new SplittableRandom(1));
        Set<Long> delays = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            delays.add(backoff.delayMs(10));
        }
        assertThat(delays).hasSizeGreaterThan(90);
    }
}
