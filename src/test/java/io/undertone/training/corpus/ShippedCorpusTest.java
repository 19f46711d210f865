package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedCorpusTest {
    @ParameterizedTest
    @CsvSource({
        "RAVDESS, 03-01-06-01-02-01-12, Actor_12, fearful",
        "RAVDESS, 03-01-02-01-01-01-01, Actor_01, calm",
        "EMODB, 03a01Fa, 03, happy",
        "EMODB, 16b10W, 16, angry",
        "EMODB, 08a02Lb, 08, bored",
        "CREMA_D, 1001_DFA_ANG_XX, 1001, angry",
        "TESS, OAF_back_angry, OA, angry",
        "TESS, YAF_bite_ps, YA, surprised",
        "TESS, OA_bite_neutral, OA, neutral",
        "NEMO, EB0_anger_10, EB0, angry",
        "NEMO, MS1_happiness_2, MS1, happy"
    })
    void shouldReadSpeakerAndLabelFromFileNames(ShippedCorpus corpus, String stem, String speaker, String label) {
        assertThat(corpus.parse(stem)).contains(new ShippedCorpus.Entry(speaker, label));
    }

    @ParameterizedTest
    @CsvSource({
        "RAVDESS, 03-02-06-01-02-01-12", // sung
        "RAVDESS, 01-01-06-01-02-01-12", // a film
        "RAVDESS, 03-01-09-01-02-01-12", // an emotion that does not exist
        "EMODB, 03a01Xa",
        "EMODB, 3a01Fa",
        "CREMA_D, 2001_DFA_ANG_XX",
        "CREMA_D, 1001_DFA_BOR_XX",
        "TESS, XAF_back_angry",
        "TESS, OAF_back_calm",
        "NEMO, EB0_disgust_10",
        "NEMO, EB_anger_10"
    })
    void shouldLeaveOutOtherFiles(ShippedCorpus corpus, String stem) {
        assertThat(corpus.parse(stem)).isEmpty();
    }
}
