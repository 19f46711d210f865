package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClipVerdictsTest {
    private final ClipVerdicts clips = new ClipVerdicts();

    @Test
    void shouldSayTheClassWithTheHighestSumOfProbabilities() {
        // The label is sad, but neutral and calm together have more.
        add("a", "calm", "sad", Map.of("neutral", 0.3, "calm", 0.3, "sad", 0.4));
        add("b", "happy", "happy", Map.of("happy", 0.5, "surprised", 0.5));
        add("b", "angry", "angry", Map.of("angry", 0.4, "disgust", 0.6));
        add("b", "fearful", "fearful", Map.of("fearful", 1.0));

        Confusion four = clips.confusion(Classes.FOUR);

        assertThat(four.total()).isEqualTo(3); // fear is none of the four
        assertThat(four.count(0, 0)).isEqualTo(1);
        assertThat(clips.uar(Classes.FOUR).value()).isEqualTo(1);
        assertThat(clips.uar().value()).isEqualTo(0.75); // by labels, calm was called sad
    }

    @Test
    void shouldPutNegativeLabelsTogether() {
        add("a", "fearful", "disgust", Map.of("disgust", 0.3, "sad", 0.3, "neutral", 0.4));
        add("a", "surprised", "happy", Map.of("happy", 1.0));
        add("a", "happy", "neutral", Map.of("neutral", 0.6, "happy", 0.4));

        Confusion sentiment = clips.confusion(Classes.SENTIMENT);

        assertThat(sentiment.count(0, 0)).isEqualTo(1);
        assertThat(sentiment.count(2, 1)).isEqualTo(1);
        assertThat(sentiment.total()).isEqualTo(2); // a surprise is neither
        assertThat(clips.uar(Classes.SENTIMENT).value()).isEqualTo(0.5);
    }

    @Test
    void shouldRankAngryClipsAgainstTheRest() {
        anger("a", "angry", 0.9);
        anger("a", "angry", 0.4);
        anger("b", "sad", 0.4);
        anger("b", "neutral", 0.1);

        assertThat(clips.angerAuc().value()).isEqualTo((2 + 1.5) / 4);
        assertThat(clips.angerRecall(0.5).value()).isEqualTo(0.5);
        assertThat(clips.angerRecall(0.9).value()).isZero(); // at the threshold is not above it
        assertThat(clips.angry()).isEqualTo(2);
    }

    @Test
    void shouldCountClipsWithoutSpeechAsMissed() {
        anger("a", "angry", 0.9);
        clips.add(new ClipVerdicts.Said("b", "angry", null, Map.of()));

        assertThat(clips.angerRecall(0).value()).isEqualTo(0.5);
        assertThat(clips.uar(Classes.FOUR).value()).isEqualTo(0.5);
        assertThat(clips.angerAuc().value()).isNaN(); // nothing to tell it from
    }

    @Test
    void shouldDrawSpeakersForTheError() {
        for (int speaker = 0; speaker < 50; speaker++) {
            for (int clip = 0; clip < 4; clip++) {
                add("s" + speaker, "sad", speaker % 2 == 0 ? "sad" : "angry", Map.of("sad", 1.0));
            }
        }
        // Half of 50 speakers are right about all they say: sqrt(0.25 / 50), not sqrt(0.25 / 200).
        assertThat(clips.uar().value()).isEqualTo(0.5);
        assertThat(clips.uar().standardError()).isCloseTo(0.0707, within(0.012));
        assertThat(clips.uar()).isEqualTo(clips.uar());
    }

    @Test
    void shouldHaveNoErrorOfOneSpeaker() {
        add("only", "sad", "sad", Map.of("sad", 1.0));
        assertThat(clips.uar().standardError()).isNaN();
    }

    private void anger(String speaker, String label, double probability) {
        add(speaker, label, label, Map.of("angry", probability, "neutral", 1 - probability));
    }

    private void add(String speaker, String label, String verdict, Map<String, Double> probabilities) {
        clips.add(new ClipVerdicts.Said(speaker, label, verdict, probabilities));
    }
}
