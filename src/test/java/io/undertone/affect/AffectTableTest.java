package io.undertone.affect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.Sentiment;
import io.undertone.affect.AffectTable.Place;
import io.undertone.training.score.Classes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AffectTableTest {
    private static final AffectTable TABLE = AffectTable.DEFAULT;

    @Test
    void shouldWeighValenceAndArousalByProbability() {
        Affect affect = TABLE.of(Map.of("angry", 0.75, "happy", 0.25));
        assertThat(affect.sentiment()).isEqualTo(Sentiment.NEGATIVE);
        assertThat(affect.valence()).isCloseTo(0.75 * -0.51 + 0.25 * 0.81, within(1e-12));
        assertThat(affect.arousal()).isCloseTo(0.75 * 0.795 + 0.25 * 0.755, within(1e-12));
    }

    /** The most probable label is happy, but negative ones are more probable together. */
    @Test
    void shouldSumTheLabelsOfAClass() {
        assertThat(TABLE.of(Map.of("happy", 0.4, "sad", 0.2, "angry", 0.2, "fearful", 0.15, "neutral", 0.05))
                        .sentiment())
                .isEqualTo(Sentiment.NEGATIVE);
        assertThat(TABLE.of(Map.of("happy", 0.4, "neutral", 0.3, "calm", 0.3)).sentiment())
                .isEqualTo(Sentiment.NEUTRAL);
        assertThat(TABLE.of(Map.of("happy", 0.6, "neutral", 0.4)).sentiment()).isEqualTo(Sentiment.POSITIVE);
    }

    @Test
    void shouldBeNeutralWhereASurpriseOutweighsEachClassAndWhereTwoAreEqual() {
        assertThat(TABLE.of(Map.of("surprised", 0.5, "angry", 0.3, "happy", 0.2))
                        .sentiment())
                .isEqualTo(Sentiment.NEUTRAL);
        assertThat(TABLE.of(Map.of("surprised", 0.3, "angry", 0.4, "happy", 0.3))
                        .sentiment())
                .isEqualTo(Sentiment.NEGATIVE);
        assertThat(TABLE.of(Map.of("angry", 0.5, "happy", 0.5)).sentiment()).isEqualTo(Sentiment.NEUTRAL);
    }

    /** What reports call sentiment is what events call sentiment. */
    @Test
    void shouldHaveTheClassesOfTheReports() {
        List<List<String>> members = List.of(Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE).stream()
                .map(sentiment -> TABLE.labels().entrySet().stream()
                        .filter(entry -> entry.getValue().sentiment() == sentiment)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.toList()))
                .toList();
        assertThat(members)
                .isEqualTo(Classes.SENTIMENT.members().stream()
                        .map(labels -> labels.stream().sorted().toList())
                        .toList());
    }

    @Test
    void shouldPutLabelsThatItDoesNotKnowInTheMiddle() {
        AffectTable own = TABLE.of(List.of("happy", "bored"));
        own.requireLabels(List.of("bored", "happy"));
        assertThat(own.of(Map.of("bored", 1.0))).isEqualTo(new Affect(Sentiment.NEUTRAL, 0, 0.5));
        assertThatThrownBy(() -> own.requireLabels(List.of("happy")))
                .hasMessageContaining("affect.labels must name each label once");
    }

    @Test
    void shouldRefuseNumbersOutOfRange() {
        assertThatThrownBy(() -> new Place(Sentiment.NEGATIVE, -1.1, 0)).hasMessageContaining("valence=-1.1");
        assertThatThrownBy(() -> new Place(null, 0, Double.NaN)).hasMessageContaining("arousal=NaN");
        assertThatThrownBy(() -> new Place(Sentiment.UNKNOWN, 0, 0)).hasMessageContaining("sentiment=UNKNOWN");
    }

    @Test
    void shouldStateItselfForTheModelCard() {
        assertThat(TABLE.markdown())
                .contains("| angry | negative | -0.51 | 0.795 |")
                .contains("| neutral | neutral | 0 | 0.5 |")
                .contains("| surprised | none | 0 | 0.835 |");
    }
}
