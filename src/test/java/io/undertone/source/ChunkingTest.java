package io.undertone.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkingTest {
    private static List<Long> ends(Chunking chunking, int rate, int chunks) {
        List<Long> ends = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < chunks; i++) {
            position = chunking.end(position, rate);
            ends.add(position);
        }
        return ends;
    }

    @Test
    void shouldCutEqualLengths() {
        assertThat(ends(Chunking.every(200), 8_000, 3)).containsExactly(1_600L, 3_200L, 4_800L);
    }

    @Test
    void shouldEndWhereTheOthersEndHoweverItBegins() {
        for (long begin : new long[] {1, 799, 1_599}) {
            assertThat(Chunking.every(200).end(begin, 8_000)).isEqualTo(1_600);
        }
        assertThat(Chunking.every(200).end(1_601, 8_000)).isEqualTo(3_200);
    }

    @Test
    void shouldNotDriftWhereALengthIsNoWholeNumberOfSamples() {
        // 20 ms at 11,025 Hz are 220.5 samples.
        assertThat(ends(Chunking.every(20), 11_025, 4)).containsExactly(220L, 441L, 661L, 882L);
    }

    @Property
    void shouldEndTheNthChunkAtNTimesItsLength(
            @ForAll @IntRange(min = 8_000, max = 48_000) int rate, @ForAll @IntRange(min = 1, max = 2_000) int ms) {
        List<Long> ends = ends(Chunking.every(ms), rate, 50);

        for (int n = 1; n <= 50; n++) {
            assertThat(ends.get(n - 1)).isEqualTo((long) n * ms * rate / 1000);
        }
    }

    @Property
    void shouldKeepIrregularChunksWithinTheirBounds(@ForAll long seed) {
        long position = 0;
        for (long end : ends(new IrregularChunks(seed, 5, 700), 8_000, 50)) {
            assertThat(end - position).isBetween(40L, 5_600L);
            position = end;
        }
    }
}
