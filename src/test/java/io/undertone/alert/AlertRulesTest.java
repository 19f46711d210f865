package io.undertone.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.Sentiment;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRulesTest {
    @Test
    void shouldReadRulesAsTheyAreSpoken() {
        AlertRules rules = AlertRules.parse("angry-customer: angry at ≥ 0.6 for 5 of 8 windows;"
                + " low : sad or  fearful for 10 of 12 windows; souring: mood fell by 0.4 over the call;"
                + " unhappy: sentiment negative for 5 of 8 windows; falling: valence fell by 0.4 over the call");
        assertThat(rules.list())
                .containsExactly(
                        new AlertRule.Labels(
                                "angry-customer", "angry at >= 0.6 for 5 of 8 windows", Set.of("angry"), 0.6, 5, 8),
                        new AlertRule.Labels(
                                "low", "sad or fearful for 10 of 12 windows", Set.of("sad", "fearful"), 0, 10, 12),
                        new AlertRule.Fell("souring", "mood fell by 0.4 over the call", AlertRule.Measure.MOOD, 0.4),
                        new AlertRule.SentimentIs(
                                "unhappy", "sentiment negative for 5 of 8 windows", Sentiment.NEGATIVE, 5, 8),
                        new AlertRule.Fell(
                                "falling", "valence fell by 0.4 over the call", AlertRule.Measure.VALENCE, 0.4));
        assertThat(AlertRules.parse("").list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "angry for 5 of 8 windows | must begin with its name",
                "a: angry | must read like 'angry at >= 0.6 for 5 of 8 windows'",
                "a: angry at >= 1.5 for 5 of 8 windows | the confidence must be in [0, 1]: 1.5",
                "a: angry at >= 0.6.1 for 5 of 8 windows | must be a number: '0.6.1'",
                "a: angry for 9 of 8 windows | the count must be 1 to 8: 9",
                "a: angry for 0 of 8 windows | the count must be 1 to 8: 0",
                "a: angry for 5 of 61 windows | windows must be 1 to 60: 61",
                "a: sentiment negative for 9 of 8 windows | the count must be 1 to 8: 9",
                "a: sentiment bad for 5 of 8 windows | must read like",
                "a: valence fell by 3 over the call | the fall must be in (0, 2]: 3.0",
                "a: mood fell by 0 over the call | the fall must be in (0, 2]: 0.0",
                "a: angry for 1 of 1 windows; a: sad for 1 of 1 windows | different names: a"
            })
    void shouldSayWhatIsWrongWithARule(String text, String message) {
        assertThatThrownBy(() -> AlertRules.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
