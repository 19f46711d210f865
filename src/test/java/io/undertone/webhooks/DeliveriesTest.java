package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** One record of each call at a time, in order, until it is over. */
class DeliveriesTest {
    private static final long DAY_MS = 86_400_000;

    private final Deliveries deliveries = new Deliveries(new Backoff(1_000, 8_000, new SplittableRandom(1)), DAY_MS, 3);
    private long offset;

    private void take(String callId, int partition, long nowMs) {
        byte[] bytes = callId.getBytes(StandardCharsets.UTF_8);
        deliveries.take(new ConsumerRecord<>("alerts", partition, offset++, bytes, bytes), callId, nowMs, nowMs);
    }

    private static Outcome failed() {
        return Outcome.failed("status", "it answered 500");
    }

    private static List<String> calls(List<Delivery> started) {
        return started.stream().map(Delivery::callId).toList();
    }

    private Delivery startOne(long nowMs) {
        List<Delivery> started = deliveries.start(nowMs);
        assertThat(started).hasSize(1);
        return started.get(0);
    }

    @Test
    void shouldTryOneRecordOfACallAtATime() {
        take("a", 0, 0);
        take("a", 0, 0);
        take("b", 0, 0);

        List<Delivery> started = deliveries.start(0);
        assertThat(calls(started)).containsExactly("a", "b");
        assertThat(deliveries.start(0)).isEmpty();

        assertThat(deliveries.settle(started.get(0), Outcome.delivered(), 5)).isTrue();
        Delivery next = startOne(5);
        assertThat(next.callId()).isEqualTo("a");
        assertThat(next.source().offset()).isEqualTo(1);
    }

    @Test
    void shouldTryNoMoreAtATimeThanAllowed() {
        for (String call : List.of("a", "b", "c", "d")) {
            take(call, 0, 0);
        }
        List<Delivery> started = deliveries.start(0);
        assertThat(calls(started)).containsExactly("a", "b", "c");

        deliveries.settle(started.get(1), failed(), 0);
        assertThat(calls(deliveries.start(0))).containsExactly("d");
    }

    @Test
    void shouldWaitLongerAfterEachFailureAndLetOtherCallsPass() {
        take("a", 0, 0);
        long now = 0;
        for (int failures = 1; failures <= 3; failures++) {
            assertThat(deliveries.settle(startOne(now), failed(), now)).isFalse();
            long wait = deliveries.nextDueMs().orElseThrow() - now;
            assertThat(wait).isBetween(500L << (failures - 1), 1_000L << (failures - 1));

            take("b", 0, now);
            Delivery other = startOne(now);
            assertThat(other.callId()).isEqualTo("b");
            assertThat(deliveries.settle(other, Outcome.delivered(), now)).isTrue();
            now += wait;
        }
    }

    @Test
    void shouldWaitAsLongAsTheReceiverAsks() {
        take("a", 0, 0);
        deliveries.settle(startOne(0), new Outcome(Outcome.Result.FAILED, "status", "it answered 429", 60_000), 0);

        assertThat(deliveries.nextDueMs()).hasValue(60_000);
    }

    @Test
    void shouldTryOnceMoreAtTheEndOfItsTimeAndThenGiveUp() {
        take("a", 0, 0);
        take("a", 0, 0);
        deliveries.settle(startOne(DAY_MS - 10), failed(), DAY_MS - 10);
        assertThat(deliveries.nextDueMs()).hasValue(DAY_MS);
        deliveries.settle(startOne(DAY_MS), failed(), DAY_MS);

        assertThat(deliveries.start(2 * DAY_MS))
                .as("its call waits for its dead letter")
                .isEmpty();
        Delivery given = deliveries.givenUp().get(0);
        assertThat(given.lastFailure()).isEqualTo("it answered 500");
        deliveries.bury(given, 2 * DAY_MS);

        assertThat(deliveries.givenUp()).isEmpty();
        assertThat(startOne(2 * DAY_MS).source().offset()).isEqualTo(1);
    }

    @Test
    void shouldTryEvenWhatIsOlderThanItsTimeOnce() {
        take("a", 0, 0);
        deliveries.settle(startOne(5 * DAY_MS), failed(), 5 * DAY_MS);

        assertThat(deliveries.givenUp()).hasSize(1);
    }

    @Test
    void shouldGiveUpAtOnceWhereTheReceiverIsGone() {
        take("a", 0, 0);
        deliveries.settle(startOne(0), new Outcome(Outcome.Result.GONE, "gone", "it answered 410", 0), 0);

        assertThat(deliveries.givenUp()).hasSize(1);
    }

    @Test
    void shouldWaitNoLongerOnceTheReceiverIsBack() {
        for (int call = 0; call < 6; call++) {
            take("call-" + call, 0, 0);
            deliveries.settle(startOne(0), failed(), 0);
        }
        assertThat(deliveries.isOut()).isTrue();
        take("new", 0, 1);
        deliveries.settle(startOne(1), Outcome.delivered(), 2);

        assertThat(deliveries.isOut()).isFalse();
        assertThat(deliveries.start(2)).hasSize(3);
    }

    /** Five failures of a call that is refused are not a receiver that is away, where others are delivered. */
    @Test
    void shouldLetARefusedCallWaitWhileOthersAreDelivered() {
        take("refused", 0, 0);
        long now = 0;
        for (int i = 0; i < 7; i++) {
            deliveries.settle(startOne(now), failed(), now);
            take("other", 0, now);
            deliveries.settle(startOne(now), Outcome.delivered(), now);
            assertThat(deliveries.start(now)).isEmpty();
            now = deliveries.nextDueMs().orElseThrow();
        }
    }

    @Test
    void shouldForgetAPartitionThatWasLost() {
        take("a", 0, 0);
        take("a", 0, 0);
        take("b", 1, 0);
        take("c", 1, 0);
        Delivery ofA = deliveries.start(0).get(0);
        long bytes = deliveries.bytes();

        assertThat(deliveries.drop(partition -> partition.partition() == 0, 0)).isEqualTo(1);
        assertThat(deliveries.size()).isEqualTo(3);
        assertThat(deliveries.bytes()).isLessThan(bytes);
        // Read anew while the former try is on its way.
        take("a", 0, 0);
        assertThat(deliveries.settle(ofA, Outcome.delivered(), 1))
                .as("is not ours any more")
                .isFalse();
        assertThat(startOne(1).callId()).isEqualTo("a");
    }

    @Test
    void shouldCountWhatWaits() {
        assertThat(deliveries.oldestProducedAtMs()).isEmpty();
        take("a", 0, 7);
        take("b", 0, 9);
        assertThat(deliveries.oldestProducedAtMs()).hasValue(7);
        deliveries.start(9).forEach(one -> deliveries.settle(one, Outcome.delivered(), 9));

        assertThat(deliveries.size()).isZero();
        assertThat(deliveries.bytes()).isZero();
        assertThat(deliveries.nextDueMs()).isEmpty();
    }
}
