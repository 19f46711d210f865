package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.undertone.Role;
import io.undertone.ingest.CallAttributes;
import io.undertone.topology.ConversationStates.Found;
import io.undertone.window.LegSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConversationWatchTest {
    private static final LegPolicy POLICY =
            new LegPolicy(Set.of(Role.CUSTOMER), 1, LegSettings.DEFAULT, 10_000, 60_000, 2);
    private static final CallAttributes QUEUE = new CallAttributes(Map.of("queue", "billing"));

    private final ConversationWatch watch = new ConversationWatch(POLICY, List.of(), 0);

    /** Ten slots of a leg; whether they were accepted. */
    private boolean received(String callId, Role role, long firstSlot, boolean last, long nowMs) {
        return watch.received(callId, role, firstSlot, 10, last, nowMs) != null;
    }

    private static void tick(ConversationWatch watch, long fromMs, long toMs) {
        for (long now = fromMs; now <= toMs; now += 1_000) {
            assertThat(watch.over(now)).as("at " + now).isEmpty();
        }
    }

    @Test
    void shouldEndACallFiveSecondsAfterItsLastChunk() {
        received("b", Role.CUSTOMER, 0, true, 1_000);
        received("a", Role.AGENT, 0, true, 1_000);
        tick(watch, 1_000, 5_000);
        assertThat(watch.over(6_000)).containsExactly("a", "b");
        assertThat(watch.close("a", 6_000).endedInOrder()).isTrue();
        assertThat(watch.over(6_000)).containsExactly("b");
    }

    @Test
    void shouldEndALegWithoutALastChunkAfterTheIdleTime() {
        received("a", Role.CUSTOMER, 0, true, 0);
        received("a", Role.AGENT, 0, false, 0);
        tick(watch, 1_000, 9_000);
        assertThat(watch.over(10_000)).containsExactly("a");
        assertThat(watch.close("a", 10_000).endedInOrder()).isFalse();
    }

    @Test
    void shouldNotCountAPauseAsIdleTime() {
        received("a", Role.CUSTOMER, 0, false, 0);
        tick(watch, 1_000, 5_000);
        tick(watch, 60_000, 69_000);
        assertThat(watch.over(70_000)).containsExactly("a");
    }

    @Test
    void shouldRefuseACallThatIsOverUntilItIsForgotten() {
        received("a", Role.CUSTOMER, 0, true, 0);
        watch.close("a", 5_000);
        assertThat(watch.forgotten(64_999)).isEmpty();
        assertThat(received("a", Role.CUSTOMER, 10, false, 64_999)).isFalse();
        assertThat(watch.forgotten(65_000)).containsExactly("a");
        assertThat(received("a", Role.CUSTOMER, 10, false, 65_000)).isTrue();
    }

    @Test
    void shouldForgetTheOldestOfTooManyCalls() {
        for (int i = 1; i <= 21; i++) {
            received("call-" + i, Role.CUSTOMER, 0, true, 0);
            watch.close("call-" + i, 0);
        }
        assertThat(watch.forgotten(0)).containsExactly("call-1");
    }

    @Test
    void shouldKeepTheLimitOfLiveCalls() {
        received("a", Role.CUSTOMER, 0, true, 0);
        received("b", Role.CUSTOMER, 0, true, 0);
        assertThat(received("c", Role.CUSTOMER, 0, true, 0)).isFalse();
        watch.close("a", 5_000);
        assertThat(received("c", Role.CUSTOMER, 0, true, 5_000)).isTrue();
    }

    @Test
    void shouldNotStartACallWithoutAudio() {
        assertThat(watch.received("a", Role.CUSTOMER, 0, 0, true, 0)).isNull();
        received("a", Role.CUSTOMER, 0, false, 0);
        assertThat(watch.received("a", Role.CUSTOMER, 10, 0, true, 0)).isNotNull();
        assertThat(watch.endedOf("a")).containsExactly(Role.CUSTOMER);
    }

    @Test
    void shouldRefuseAudioFarFromTheCall() {
        received("a", Role.CUSTOMER, 100_000, false, 0);
        assertThat(received("a", Role.AGENT, 63_999, false, 0)).isFalse();
        assertThat(received("a", Role.AGENT, 136_011, false, 0)).isFalse();
        assertThat(received("a", Role.AGENT, 136_010, false, 0)).isTrue();
        assertThat(received("a", Role.AGENT, 64_000, false, 0)).isTrue();
    }

    @Test
    void shouldReopenALegWhenItsRoleSpeaksASecondLater() {
        received("a", Role.CUSTOMER, 0, true, 0);
        received("a", Role.CUSTOMER, 19, false, 0);
        assertThat(watch.endedOf("a")).containsExactly(Role.CUSTOMER);
        received("a", Role.CUSTOMER, 20, false, 0);
        assertThat(watch.endedOf("a")).isEmpty();
        assertThat(watch.endedOf("none")).isEmpty();
    }

    @Test
    void shouldKeepTheFirstAttributes() {
        ConversationWatch.Call call = Objects.requireNonNull(watch.received("a", Role.CUSTOMER, 0, 10, false, 0));
        assertThat(call.attributed(CallAttributes.NONE)).isFalse();
        assertThat(call.attributed(QUEUE)).isTrue();
        assertThat(call.attributed(new CallAttributes(Map.of("queue", "sales"))))
                .isFalse();
        assertThat(call.attributes()).isEqualTo(QUEUE);
    }

    @Test
    void shouldContinueStoredCalls() {
        ConversationWatch later = new ConversationWatch(
                POLICY,
                List.of(
                        new Found("live", -1, Map.of(Role.CUSTOMER, 20L), Set.of(Role.CUSTOMER), 10, QUEUE),
                        new Found("second", 950_000, Map.of(), Set.of(), 0, CallAttributes.NONE),
                        new Found("first", 940_000, Map.of(), Set.of(), 0, CallAttributes.NONE)),
                1_000_000);
        assertThat(later.received("first", Role.CUSTOMER, 20, 10, false, 1_000_000))
                .isNull();
        assertThat(later.forgotten(1_010_000)).containsExactly("first", "second");
        assertThat(later.endedOf("live")).containsExactly(Role.CUSTOMER);
        tick(later, 1_001_000, 1_004_000);
        assertThat(later.over(1_005_000)).containsExactly("live");
        assertThat(later.close("live", 1_005_000).attributes()).isEqualTo(QUEUE);
    }

    @Test
    void shouldRefuseToEndAnUnknownCall() {
        assertThatIllegalStateException()
                .isThrownBy(() -> watch.close("a", 0))
                .withMessage("only a live call can be closed");
    }
}
