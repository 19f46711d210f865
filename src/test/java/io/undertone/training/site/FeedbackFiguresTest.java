package io.undertone.training.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.site.MarkedEvent.Mark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedbackFiguresTest {
    private static final List<String> LABELS = List.of("neutral", "angry");
    private static final String BUNDLE = "telephone 2.1.0";

    private static MarkedEvent window(String said, Mark mark, String truth, String model) {
        return new MarkedEvent("a", "CUSTOMER", 3_000, said, Map.of(said, 0.75), mark, truth, model);
    }

    private static MarkedEvent leg(String said, Mark mark) {
        return new MarkedEvent("a", "CUSTOMER", -1, said, Map.of(), mark, "", BUNDLE);
    }

    @Test
    void shouldCountByTheLabelThatWasGiven() {
        FeedbackFigures figures = FeedbackFigures.of(
                List.of(
                        window("angry", Mark.RIGHT, "", BUNDLE),
                        window("angry", Mark.LABEL, "neutral", BUNDLE),
                        window("angry", Mark.WRONG, "", ""),
                        window("neutral", Mark.RIGHT, "", BUNDLE),
                        window("neutral", Mark.NONE, "", BUNDLE),
                        leg("angry", Mark.WRONG)),
                BUNDLE,
                LABELS);

        assertThat(figures.lines())
                .containsExactly(
                        "feedback       4 windows marked  0.500 right",
                        "  neutral      1 marked, 1.000 right",
                        "  angry        3 marked, 0.333 right",
                        "  whole legs   1 marked, 0.000 right");
        JsonNode json = figures.json();
        assertThat(json.path("right").asInt()).isEqualTo(2);
        assertThat(json.path("byLabelGiven").path("angry").path("share").asDouble())
                .isEqualTo(0.3333);
        assertThat(json.path("known").path("clips").asInt())
                .as("of a wrong label without the right one nothing is known")
                .isEqualTo(3);
        assertThat(json.path("known").path("confusion")).hasToString("[[1,1],[0,1]]");
    }

    @Test
    void shouldLeaveOutMarksOnOtherBundles() {
        FeedbackFigures figures = FeedbackFigures.of(
                List.of(window("angry", Mark.RIGHT, "", BUNDLE), window("bored", Mark.RIGHT, "", "other 1.0.0")),
                BUNDLE,
                LABELS);

        assertThat(figures.marked()).isEqualTo(1);
        assertThat(figures.lines()).last().asString().contains("1 marks on labels of other bundles than " + BUNDLE);
    }

    @Test
    void shouldSayWhereNoWindowIsMarked() {
        FeedbackFigures figures = FeedbackFigures.of(List.of(leg("angry", Mark.RIGHT)), BUNDLE, LABELS);

        assertThat(figures.lines())
                .containsExactly("feedback       0 windows marked", "  whole legs   1 marked, 1.000 right");
        assertThat(figures.json().path("share").asDouble()).isZero();
    }

    @Test
    void shouldRefuseLabelsThatTheBundleDoesNotHave() {
        List<MarkedEvent> events = List.of(window("bored", Mark.RIGHT, "", ""));
        assertThatThrownBy(() -> FeedbackFigures.of(events, BUNDLE, LABELS))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("labels=[bored]");
    }
}
