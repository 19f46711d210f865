package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameOrderPropertyTest {
    private final List<Long> passed = new ArrayList<>();
    private final FrameOrder order =
            new FrameOrder(frame -> passed.add(frame.time().sequence()));

    private static Frame frame(long number, long arrivedMs) {
        return new Frame(AudioForm.mulaw(8_000), new byte[160], new SourceTime(number, -1), arrivedMs);
    }

    /** Numbers as they come when each frame of 20 ms is delayed by up to so many ms. */
    static List<Long> shuffled(int frames, int firstNumber, int delayMaxMs, long seed) {
        Random random = new Random(seed);
        List<long[]> sent = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            sent.add(new long[] {i * 20L + random.nextInt(delayMaxMs + 1), firstNumber + i});
        }
        return sent.stream()
                .sorted(Comparator.comparingLong(pair -> pair[0]))
                .map(pair -> pair[1])
                .toList();
    }

    @Property
    void shouldRestoreOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int frames,
            @ForAll @IntRange(max = 7) int firstNumber,
            @ForAll @IntRange(max = 100) int delayMaxMs) {
        passed.clear();
        FrameOrder fresh = new FrameOrder(frame -> passed.add(frame.time().sequence()));
        shuffled(frames, firstNumber, delayMaxMs, seed).forEach(number -> fresh.take(frame(number, 0)));
        fresh.finish();
        assertThat(passed).hasSize(frames).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldPassAtOnceWhatIsInOrder() {
        for (long number = 0; number < 5; number++) {
            order.take(frame(number, 0));
            assertThat(passed).hasSize((int) number + 1);
        }
    }

    @Test
    void shouldLearnWhereNumbersBegin() {
        for (long number = 10; number > 0; number--) {
            order.take(frame(number, 0));
        }
        assertThat(passed).isEmpty();
        order.take(frame(11, 20));
        assertThat(passed).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void shouldGiveUpWhatIsMissing() {
        order.take(frame(0, 0));
        order.take(frame(1, 0));
        for (long number = 3; number <= 12; number++) {
            order.take(frame(number, 20 * number));
        }
        assertThat(passed).containsExactly(0L, 1L);
        order.take(frame(13, 260));
        assertThat(passed).containsExactly(0L, 1L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L);
        order.take(frame(2, 280));
        assertThat(order.dropped()).isOne();
    }

    @Test
    void shouldGiveUpByTimeToo() {
        order.take(frame(0, 0));
        order.take(frame(2, 40));
        order.tick(240);
        assertThat(passed).containsExactly(0L);
        order.tick(241);
        assertThat(passed).containsExactly(0L, 2L);
    }

    @Test
    void shouldDropWhatComesTwice() {
        for (long number : new long[] {1, 1, 2, 4, 4, 3, 2}) {
            order.take(frame(number, 0));
        }
        order.finish();
        assertThat(passed).containsExactly(1L, 2L, 3L, 4L);
        assertThat(order.dropped()).isEqualTo(3);
    }
}
