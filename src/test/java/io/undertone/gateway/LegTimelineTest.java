package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegTimelineTest {
    private static final AudioForm MULAW = AudioForm.mulaw(8_000);
    private static final int FRAME = 160;

    private final List<Long> positions = new ArrayList<>();
    private final List<Long> passed = new ArrayList<>();
    private final LegTimeline timeline =
            new LegTimeline(8_000, 0, passed::add, (position, form, samples, arrivedMs) -> positions.add(position));

    private static Frame frame(long arrivedMs) {
        return new Frame(MULAW, new byte[FRAME], SourceTime.UNSAID, arrivedMs);
    }

    /** Frames of 20 ms that come just as they were spoken. */
    private void speak(long fromMs, int frames) {
        for (int i = 0; i < frames; i++) {
            long atMs = fromMs + i * 20L;
            timeline.byArrival(frame(atMs + 20), atMs);
        }
    }

    @Test
    void shouldFollowSampleOnSample() {
        speak(0, 3);
        assertThat(positions).containsExactly(0L, 160L, 320L);
    }

    @Test
    void shouldPassOverAMinuteWithoutFrames() {
        speak(0, 50);
        speak(61_000, 100);
        assertThat(timeline.next()).isEqualTo((61_000 + 2_000) * 8);
        assertThat(positions.get(50)).isEqualTo(61_000 * 8);
        assertThat(passed).hasSize(1);
    }

    @Test
    void shouldWaitASecondBeforeTimePasses() {
        speak(0, 50);
        speak(61_000, 49);
        assertThat(positions).hasSize(50);
        timeline.tick(62_019);
        assertThat(positions).hasSize(50);
        timeline.tick(62_020);
        assertThat(positions).hasSize(99);
    }

    @Test
    void shouldTakeABurstForAStalledNetwork() {
        speak(0, 50);
        // 800 ms held up by the network, then all at once.
        for (int i = 0; i < 40; i++) {
            timeline.byArrival(frame(1_810 + i), 1_790 + i);
        }
        speak(1_800, 50);
        assertThat(passed).isEmpty();
        assertThat(timeline.next()).isEqualTo(140 * FRAME);
    }

    @Test
    void shouldPassOverOnlyWhatABurstDoesNotBring() {
        speak(0, 50);
        // 2 s were silent, 1 s of which the network held up speech.
        for (int i = 0; i < 50; i++) {
            timeline.byArrival(frame(3_000 + i / 10), 2_980 + i / 10);
        }
        speak(3_000, 60);
        assertThat(passed).hasSize(1);
        // The burst's frames began to come at 3,000 ms, so the clock reads 2,980; 49 frames behind it is 2,004 ms.
        assertThat(timeline.next()).isBetween((4_200L - 20) * 8, 4_200L * 8);
    }

    @Test
    void shouldBearJitter() {
        for (int i = 0; i < 500; i++) {
            int jitterMs = i * 37 % 190;
            timeline.byArrival(frame(i * 20L + jitterMs + 20), i * 20L + jitterMs);
        }
        assertThat(passed).isEmpty();
    }

    @Test
    void shouldBearAudioThatComesFasterThanItIsSpoken() {
        for (int i = 0; i < 1_000; i++) {
            timeline.byArrival(frame(i), i);
        }
        assertThat(passed).isEmpty();
        assertThat(timeline.next()).isEqualTo(1_000 * FRAME);
    }

    @Test
    void shouldGoByTimestampsOnlyWhereTheyAreWellAhead() {
        timeline.byTimestamp(frame(0), 0);
        timeline.byTimestamp(frame(0), 45);
        timeline.byTimestamp(frame(0), 60_000);
        timeline.byTimestamp(frame(0), 0);
        assertThat(positions).containsExactly(0L, 160L, 480_000L, 480_160L);
    }

    @Test
    void shouldNotBelieveAClockThatIsOutOfItsMind() {
        timeline.byTimestamp(frame(0), 0);
        timeline.byTimestamp(frame(0), Long.MAX_VALUE / 16);
        timeline.byTimestamp(frame(0), 7 * 3_600_000L);
        assertThat(positions).containsExactly(0L, 160L, 320L);
    }

    @Test
    void shouldCountWhatWasLeftOut() {
        timeline.byCount(frame(0));
        timeline.leftOut(1_500);
        timeline.byCount(frame(90_000));
        assertThat(positions).containsExactly(0L, 160L + 12_000);
        assertThat(passed).containsExactly(12_000L);
    }

    @Test
    void shouldLetAllGoAtTheEnd() {
        speak(0, 1);
        speak(5_000, 2);
        timeline.decide();
        assertThat(positions).containsExactly(0L, 40_000L, 40_160L);
    }
}
