package io.undertone.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.Role;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LegIdTest {
    @Test
    void shouldBeFoundInItsStoreKeys() {
        for (String call : new String[] {"a", "call-1", "Anruf äöü 電話", "x".repeat(256)}) {
            for (Role role : Role.values()) {
                LegId leg = new LegId(call, role);
                byte[] prefix = leg.storePrefix();
                assertThat(LegId.ofStoreKey(Arrays.copyOf(prefix, prefix.length + 5)))
                        .isEqualTo(leg);
            }
        }
    }

    @Test
    void shouldTellCallIdsFromWhatIsNone() {
        assertThat(LegId.isCallId("call-1")).isTrue();
        assertThat(LegId.isCallId("x".repeat(256))).isTrue();
        assertThat(LegId.isCallId("")).isFalse();
        assertThat(LegId.isCallId("x".repeat(257))).isFalse();
        assertThat(LegId.isCallId("a\nb")).isFalse();
        assertThat(LegId.isCallId("a\u0000")).isFalse();
        assertThat(LegId.isCallId("a\uFFFD")).isFalse();
    }

    @Test
    void shouldNameItself() {
        assertThat(new LegId("call-1", Role.AGENT)).hasToString("call-1/AGENT");
    }
}
