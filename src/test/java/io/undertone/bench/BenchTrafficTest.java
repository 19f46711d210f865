package io.undertone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.CallSummary;
import io.undertone.EndReason;
import io.undertone.Model;
import io.undertone.Role;
import io.undertone.audio.Recording;
import io.undertone.audio.SampleFormat;
import io.undertone.source.PlayedCall;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One leg of 20 ms frames, of which a hundred are sent: 2 s. */
class BenchTrafficTest {
    private static final int FRAMES = 100;

    private final List<Long> sent = new ArrayList<>();
    private BenchTraffic traffic;

    @BeforeEach
    void send() throws IOException {
        LoopedAudio audio = LoopedAudio.of(
                List.of(new PlayedCall("call", new Recording(8_000, new float[1][8_000]), List.of(Role.CUSTOMER))),
                List.of(Role.CUSTOMER),
                SampleFormat.MULAW,
                20);
        traffic = new BenchTraffic(
                "run-",
                new LegSchedule(1, 20, 1, 1),
                audio,
                SampleFormat.MULAW,
                Role.CUSTOMER,
                3_000,
                new BenchTraffic.Measured(0, TimeUnit.SECONDS.toNanos(10)),
                () -> 0);
        traffic.startAt(0, 0, (callId, rate, beginMs) -> (position, samples, last) -> sent.add(position));
        for (int frame = 0; frame < FRAMES; frame++) {
            traffic.send(0, frame, frame == FRAMES - 1);
        }
    }

    private static CallSummary summary(Role role, long durationMs, long gapMs) {
        return CallSummary.newBuilder()
                .setCallId("run-0")
                .setRole(role)
                .setStartedAt(Instant.EPOCH)
                .setDurationMs(durationMs)
                .setSpeechMs(0)
                .setWindows(0)
                .setSilentWindows(1)
                .setShares(Map.of())
                .setStrongest(List.of())
                .setGaps(gapMs > 0 ? 1 : 0)
                .setGapMs(gapMs)
                .setEndReason(EndReason.LAST_CHUNK)
                .setModel(new Model("telephone", "1.0.0"))
                .setProducedAt(Instant.EPOCH)
                .setQuarters(List.of())
                .build();
    }

    @Test
    void shouldMissNothingWhereTheLegHasAllThatWasSent() {
        assertThat(sent).hasSize(FRAMES).endsWith(15_840L);
        assertThat(traffic.missingSummaries()).isOne();
        traffic.summary(summary(Role.CUSTOMER, 2_000, 0));
        assertThat(traffic.missingSummaries()).isZero();
        assertThat(traffic.missingMs()).isZero();
    }

    @Test
    void shouldMissAudioThatIsAGapOrAfterTheEnd() {
        traffic.summary(summary(Role.CUSTOMER, 1_900, 200));
        assertThat(traffic.missingMs()).isEqualTo(300);
    }

    @Test
    void shouldMeasureOneSideOfACall() {
        traffic.summary(summary(Role.AGENT, 100, 0));
        assertThat(traffic.missingSummaries()).isOne();
        assertThat(traffic.missingMs()).isZero();
    }
}
