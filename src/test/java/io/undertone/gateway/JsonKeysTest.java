package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"stream_sid", "streamSid", "StreamSID", "stream-sid", "Stream Sid"})
    void shouldReadAllSpellingsAsOne(String name) {
        assertThat(JsonKeys.plain(name)).isEqualTo("streamsid");
        assertThat(JsonKeys.plain(name)).as("a second time").isEqualTo("streamsid");
    }

    /** More names than are remembered, and one too long to be. */
    @Test
    void shouldReadNamesThatItDoesNotRemember() {
        for (int i = 0; i < 600; i++) {
            assertThat(JsonKeys.plain("Key_" + i)).isEqualTo("key" + i);
        }
        assertThat(JsonKeys.plain("A_".repeat(50))).isEqualTo("a".repeat(50));
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20",
        "20.0, 20",
        "' 20 ms', 20",
        "0, 0",
        "999999999999999999, 999999999999999999",
        "1000000000000000000, -1",
        "-5, -1",
        "x1, -1",
        "'', -1"
    })
    void shouldReadWholeNumbers(String text, long number) {
        assertThat(JsonKeys.number(text)).isEqualTo(number);
    }
}
