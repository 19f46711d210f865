package io.undertone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSharesTest {
    @Test
    void shouldReadEachLabelsShare() {
        assertThat(LabelShares.parse("neutral=0.9, angry=0.1"))
                .containsEntry("neutral", 0.9)
                .containsEntry("angry", 0.1);
        assertThat(LabelShares.parse(" ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "neutral | label=share: 'neutral'",
                "neutral=0.9,neutral=0.1 | named once: neutral",
                "neutral=0 | > 0: neutral=0",
                "neutral=many | > 0: neutral=many",
                "neutral=0.9, | label=share: ''",
            })
    void shouldNameThePartThatIsWrong(String text, String message) {
        assertThatThrownBy(() -> LabelShares.parse(text)).hasMessageContaining(message);
    }
}
