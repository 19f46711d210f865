package io.undertone.topology;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.config.Stage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FaultPolicyTest {
    private final AtomicLong nowMs = new AtomicLong();
    private final FaultPolicy policy = new FaultPolicy(nowMs::get);

    @Test
    void shouldGoOnAfterAFaultButNotAfterManyInAShortTime() {
        for (int i = 0; i < 5; i++) {
            nowMs.set(i * 20_000);
            assertThat(policy.decide(Stage.FEATURES, new StreamsException("passing")))
                    .isEqualTo(REPLACE_THREAD);
        }
        nowMs.set(680_001);
        assertThat(policy.decide(Stage.FEATURES, new StreamsException("passing")))
                .isEqualTo(REPLACE_THREAD);
        assertThat(policy.fatal()).isEmpty();
        for (int i = 0; i < 4; i++) {
            nowMs.addAndGet(20_000);
            policy.decide(Stage.FEATURES, new StreamsException("passing"));
        }
        nowMs.addAndGet(20_000);
        assertThat(policy.decide(Stage.FEATURES, new StreamsException("once more")))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fatal()).get().satisfies(fault -> assertThat(fault).hasMessage("once more"));
    }

    @Test
    void shouldTakeAnOutageThatEndsAllThreadsForOneIncident() {
        for (int outage = 0; outage < 5; outage++) {
            for (int thread = 0; thread < 12; thread++) {
                assertThat(policy.decide(Stage.FEATURES, new StreamsException("passing")))
                        .isEqualTo(REPLACE_THREAD);
                nowMs.addAndGet(1_000);
            }
            nowMs.addAndGet(10_000);
        }
        assertThat(policy.decide(Stage.FEATURES, new StreamsException("once more")))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldStopAtOnceWhereANewThreadCannotHelp() {
        Throwable cause = new TopicAuthorizationException("not allowed");
        assertThat(policy.decide(Stage.INFERENCE, new StreamsException(cause))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.fatal()).containsSame(cause);
    }
}
