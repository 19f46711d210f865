package io.undertone.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    private final Confusion confusion = new Confusion(List.of("a", "b", "c"));

    @Test
    void shouldScoreByScikitLearnsDefinitions() {
        // y_true = a a a b b, y_pred = a a b b c
        add(0, 0, 2);
        add(0, 1, 1);
        add(1, 1, 1);
        add(1, 2, 1);
        assertThat(confusion.accuracy()).isEqualTo(0.6);
        assertThat(confusion.uar()).isCloseTo((2 / 3.0 + 0.5) / 2, within(1e-12));
        LabelScore a = confusion.perLabel().get(0);
        assertThat(a).isEqualTo(new LabelScore("a", 1.0, 2 / 3.0, 0.8, 3));
        LabelScore c = confusion.perLabel().get(2);
        assertThat(c).isEqualTo(new LabelScore("c", 0, 0, 0, 0));
    }

    @Test
    void shouldCountAClipWithoutVerdictAgainstItsLabel() {
        add(0, 0, 1);
        confusion.addUnheard(0);
        assertThat(confusion.uar()).isEqualTo(0.5);
        assertThat(confusion.accuracy()).isEqualTo(0.5);
        assertThat(confusion.total()).isEqualTo(2);
        assertThat(confusion.unheard()).isEqualTo(1);
    }

    @Test
    void shouldPrintScikitLearnsReport() {
        add(0, 0, 2);
        add(0, 1, 1);
        add(1, 1, 2);
        assertThat(ClassificationReport.of(confusion).lines())
                .containsExactly(
                        "              precision    recall  f1-score   support",
                        "",
                        "           a      1.000     0.667     0.800         3",
                        "           b      0.667     1.000     0.800         2",
                        "",
                        "    accuracy                          0.800         5",
                        "   macro avg      0.833     0.833     0.800         5",
                        "weighted avg      0.867     0.800     0.800         5");
    }

    private void add(int trueLabel, int said, int times) {
        for (int i = 0; i < times; i++) {
            confusion.add(trueLabel, said);
        }
    }
}
