package io.undertone.training.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.training.corpus.CorpusException;
import io.undertone.training.site.MarkedEvent.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedEventsTest {
    @TempDir
    private Path folder;

    private List<MarkedEvent> read(String text) throws IOException {
        return MarkedEvents.read(Files.writeString(folder.resolve("events"), text));
    }

    @Test
    void shouldReadATable() throws IOException {
        List<MarkedEvent> events = read("""
                call,role,end_ms,neutral,angry,true_label
                a,customer,3000,0.7,0.3,neutral
                a,customer,4000,0.7,0.3,anger
                b,customer,5000,0.2,0.8,
                """);

        assertThat(events)
                .containsExactly(
                        new MarkedEvent(
                                "a", "CUSTOMER", 3000, "neutral", probabilities(0.7, 0.3), Mark.LABEL, "neutral", ""),
                        new MarkedEvent(
                                "a", "CUSTOMER", 4000, "neutral", probabilities(0.7, 0.3), Mark.LABEL, "angry", ""),
                        new MarkedEvent("b", "CUSTOMER", 5000, "angry", probabilities(0.2, 0.8), Mark.NONE, "", ""));
    }

    @Test
    void shouldReadLinesOfJson() throws IOException {
        String said = "\"label\":\"angry\",\"probabilities\":{\"neutral\":0.2,\"angry\":0.8}";
        List<MarkedEvent> events = read(String.join(
                "\n",
                "{\"callId\":\"a\",\"role\":\"CUSTOMER\",\"startMs\":0,\"endMs\":3000," + said
                        + ",\"model\":{\"name\":\"telephone\",\"version\":\"2.1.0\"},\"trueLabel\":\"neutral\"}",
                "",
                "{\"callId\":\"a\",\"role\":\"CUSTOMER\",\"endMs\":4000," + said
                        + ",\"verdict\":\"RIGHT\",\"trueLabel\":null}",
                "{\"callId\":\"a\",\"role\":\"CUSTOMER\",\"endMs\":null," + said + ",\"verdict\":\"wrong\"}"));

        Map<String, Double> probabilities = probabilities(0.2, 0.8);
        assertThat(events)
                .containsExactly(
                        new MarkedEvent(
                                "a",
                                "CUSTOMER",
                                3000,
                                "angry",
                                probabilities,
                                Mark.LABEL,
                                "neutral",
                                "telephone 2.1.0"),
                        new MarkedEvent("a", "CUSTOMER", 4000, "angry", probabilities, Mark.RIGHT, "angry", ""),
                        new MarkedEvent("a", "CUSTOMER", -1, "angry", probabilities, Mark.WRONG, "", ""));
    }

    @Test
    void shouldCountTheLastFeedbackOnTheSameWindow() throws IOException {
        String window =
                "{\"feedbackId\":\"a/CUSTOMER/7\",\"callId\":\"a\",\"endMs\":1,\"label\":\"angry\",\"verdict\":";

        List<MarkedEvent> events = read(window + "\"RIGHT\"}\n" + window + "\"LABEL\",\"trueLabel\":\"sad\"}\n");

        assertThat(events).extracting(MarkedEvent::truth).containsExactly("sad");
    }

    @Test
    void shouldSayWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> MarkedEvents.read(folder.resolve("nothing")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> read("call,end_ms,neutral\na,1,1\n"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("true_label");
        assertThatThrownBy(() -> read("call,end_ms,neutral,angry,true_label\na,1,lots,0.1,angry\n"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("lots");
        assertThatThrownBy(() -> read("{\"callId\":\"a\",\"label\":\"angry\",\"verdict\":\"perhaps\"}"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("verdict=perhaps");
        assertThatThrownBy(() -> MarkedEvents.requireLabels(
                        read("call,end_ms,neutral,angry,true_label\na,1,0.9,0.1,bored\n"), List.of("neutral", "angry")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("labels=[bored]");
    }

    private static Map<String, Double> probabilities(double neutral, double angry) {
        return Map.of("neutral", neutral, "angry", angry);
    }
}
