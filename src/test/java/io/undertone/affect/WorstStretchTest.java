package io.undertone.affect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.Sentiment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Stretches of up to 5 s, of which 4 s lie in windows. */
class WorstStretchTest {
    private final WorstStretch worst = stretch();

    private static WorstStretch stretch() {
        return new WorstStretch(5_000, 4_000);
    }

    private static void add(WorstStretch to, long startMs, double valence) {
        to.add(startMs, startMs + 3_000, new Affect(Sentiment.NEUTRAL, valence, 0.5));
    }

    @Test
    void shouldWaitForEnoughLabelledSpeech() {
        add(worst, 0, -1);
        assertThat(worst.found()).as("3 s of it").isEmpty();
        add(worst, 1_000, -1);
        assertThat(worst.found()).hasValueSatisfying(part -> {
            assertThat(part.startMs()).isZero();
            assertThat(part.endMs()).isEqualTo(4_000);
            assertThat(part.windows()).isEqualTo(2);
        });
    }

    /** Seconds that lie in two windows count once. */
    @Test
    void shouldNotCountGapsAsLabelled() {
        worst.add(0, 1_500, new Affect(Sentiment.NEUTRAL, -1, 0.5));
        worst.add(3_000, 5_000, new Affect(Sentiment.NEUTRAL, -1, 0.5));
        assertThat(worst.found()).as("3.5 s in windows, over 5 s").isEmpty();
    }

    @Test
    void shouldKeepTheLowestMeanOfStretchesThatSlide() {
        double[] valences = {0.2, 0.2, -0.6, -0.9, -0.6, 0.4, 0.4};
        for (int second = 0; second < valences.length; second++) {
            add(worst, 1_000L * second, valences[second]);
        }

        assertThat(worst.found()).hasValueSatisfying(part -> {
            assertThat(part.startMs()).isEqualTo(2_000);
            assertThat(part.endMs()).isEqualTo(7_000);
            assertThat(part.affect().valence()).isCloseTo(-0.7, within(1e-12));
        });
    }

    @Test
    void shouldGoOnFromItsBytes() throws IOException {
        add(worst, 0, 0.5);
        add(worst, 1_000, 0.1);
        add(worst, 2_000, -0.25);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        worst.write(new DataOutputStream(bytes));
        WorstStretch restored = stretch();
        restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(restored.found()).isEqualTo(worst.found()).isPresent();
        add(worst, 3_000, -0.5);
        add(restored, 3_000, -0.5);
        assertThat(restored.found())
                .isEqualTo(worst.found())
                .hasValueSatisfying(part -> assertThat(part.startMs()).isEqualTo(1_000));
    }
}
