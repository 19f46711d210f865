package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.bundle.Priors;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.LabelMaps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriorFitTest {
    private static final Map<String, Double> EVEN = new LinkedHashMap<>();

    static {
        LabelMaps.LABELS.forEach(label -> EVEN.put(label, 1.0));
    }

    @Test
    void shouldLeaveTheSharesOfTrainingWhereOrdinarySpeechIsHeardAsSuch() {
        Priors priors = PriorFit.fit(EVEN, clips(20, 0.6f, 0.2f), LabelMaps.LABELS);
        assertThat(priors.read()).isEqualTo(priors.learned());
    }

    @Test
    void shouldLeanTowardsCallsAsLittleAsIsNeeded() {
        List<ClipOpinion> clips = clips(20, 0.3f, 0.5f);
        Priors priors = PriorFit.fit(EVEN, clips, LabelMaps.LABELS);
        double ratio = share(priors, "neutral") / share(priors, "angry");
        // 0.3 to 0.5 needs a ratio of 5 / 3; (0.75 / 0.04)^0.1 is 1.34, ^0.2 is 1.8.
        assertThat(ratio).isBetween(1.7, 1.9);
    }

    @Test
    void shouldHaveNothingToSayWithoutSharesOrOrdinarySpeech() {
        assertThat(PriorFit.fit(Map.of(), clips(2, 0.1f, 0.8f), LabelMaps.LABELS)
                        .absent())
                .isTrue();
        Priors priors = PriorFit.fit(EVEN, List.of(), LabelMaps.LABELS);
        assertThat(priors.read()).isEqualTo(priors.learned());
    }

    private static double share(Priors priors, String label) {
        return priors.read().getOrDefault(label, 0.0);
    }

    private static List<ClipOpinion> clips(int count, float neutral, float angry) {
        float[] row = new float[8];
        java.util.Arrays.fill(row, (1 - neutral - angry) / 6);
        row[LabelMaps.LABELS.indexOf("neutral")] = neutral;
        row[LabelMaps.LABELS.indexOf("angry")] = angry;
        List<ClipOpinion> clips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Clip clip = new Clip("read", Path.of(i + ".wav"), "speaker-" + i, "neutral");
            clips.add(ClipOpinion.of(clip, 0, new float[][] {row, row}));
        }
        return clips;
    }
}
