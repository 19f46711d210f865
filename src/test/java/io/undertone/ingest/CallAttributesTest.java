package io.undertone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallAttributesTest {
    private static final String LONGEST_NAME = "n".repeat(64);
    private static final String LONGEST_VALUE = "v".repeat(256);

    private static Map<String, String> numbered(int count, String value) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put("a" + i, value);
        }
        return attributes;
    }

    @Test
    void shouldTakeWhatIsWithinTheLimits() {
        assertThat(new CallAttributes(Map.of("queue", "żółw / 3", "a.b_c-D", "", LONGEST_NAME, LONGEST_VALUE)).byName())
                .containsOnlyKeys("queue", "a.b_c-D", LONGEST_NAME);
        assertThat(new CallAttributes(numbered(16, "x")).byName()).hasSize(16);
    }

    @Test
    void shouldRefuseWhatIsBeyondThem() {
        assertRefused(numbered(17, "x"), "at most 16");
        assertRefused(Map.of("", "x"), "name must be 1 to 64");
        assertRefused(Map.of(LONGEST_NAME + "n", "x"), "name must be 1 to 64");
        assertRefused(Map.of("two words", "x"), "name must be 1 to 64");
        assertRefused(Map.of("kolejność", "x"), "name must be 1 to 64");
        assertRefused(Map.of("queue", LONGEST_VALUE + "v"), "queue has 257");
        assertRefused(Map.of("queue", "a\nb"), "printable");
        assertRefused(Map.of("queue", "a\uFFFDb"), "printable");
        // Eight of 256 characters are 2,048 bytes without their names.
        assertRefused(numbered(8, LONGEST_VALUE), "2048 bytes in all: size=2064 bytes");
        assertRefused(numbered(4, "ż".repeat(256)), "2048 bytes in all");
    }

    /** It may be personal, and goes into dead letters' headers and the log. */
    @Test
    void shouldNeverSayAValue() {
        assertThatThrownBy(() -> new CallAttributes(Map.of("queue", "secret\n")))
                .hasMessageNotContaining("secret");
        assertThat(new CallAttributes(Map.of("queue", "secret"))).hasToString("CallAttributes[queue]");
    }

    @Test
    void shouldLeaveOutThoseOfOthersThatAreBeyondTheLimits() {
        assertThat(CallAttributes.ofAny(numbered(17, "x"))).isEqualTo(CallAttributes.NONE);
        assertThat(CallAttributes.ofAny(numbered(2, "x")).byName()).isEqualTo(numbered(2, "x"));
    }

    @Test
    void shouldBeTheSameFromItsBytes() {
        CallAttributes attributes = new CallAttributes(Map.of("queue", "żółw", "agent", "a-17", "note", ""));
        assertThat(CallAttributes.fromBytes(attributes.toBytes())).isEqualTo(attributes);
        assertThat(CallAttributes.fromBytes(CallAttributes.NONE.toBytes())).isEqualTo(CallAttributes.NONE);
        byte[] ofAnotherVersion = attributes.toBytes();
        ofAnotherVersion[0] = 9;
        assertThatThrownBy(() -> CallAttributes.fromBytes(ofAnotherVersion)).hasMessageContaining("version");
    }

    private static void assertRefused(Map<String, String> attributes, String message) {
        assertThatThrownBy(() -> new CallAttributes(attributes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
