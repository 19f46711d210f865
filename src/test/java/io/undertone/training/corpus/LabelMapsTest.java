package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelMapsTest {
    private static Clip clip(String label) {
        return new Clip("made-up", Path.of(label + ".wav"), "speaker", label);
    }

    @Test
    void shouldKeepTheOrderOfAllLabelsAndLeaveOutThoseThatNoClipTeaches() {
        assertThat(LabelMaps.taughtBy(List.of(clip("angry"), clip("neutral"), clip("angry"), clip("happy"))))
                .containsExactly("neutral", "happy", "angry");
        assertThat(LabelMaps.taughtBy(
                        LabelMaps.LABELS.stream().map(LabelMapsTest::clip).toList()))
                .isEqualTo(LabelMaps.LABELS);
    }

    @Test
    void shouldSayWhatWeightsMayBeUsedFor() {
        assertThat(Licences.ofWeights(List.of("cremad", "emodb", "librispeech", "speechocean")))
                .contains("commercial and other use", "attribution");
        assertThat(Licences.ofWeights(List.of("cremad", "ravdess"))).contains("non-commercial use only");
        assertThat(Licences.ofWeights(List.of("cremad", "our-calls"))).contains("What the licences of the data allow");
    }
}
