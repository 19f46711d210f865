package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.CallSummary;
import io.undertone.EmotionAlert;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.Judgement;
import io.undertone.kafka.EventListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
    private final StringWriter out = new StringWriter();

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void shouldPrintOneJsonObjectALine() throws Exception {
        EventListener printer = new JsonLinesPrinter(new PrintWriter(out));
        printer.event(Records.event());
        printer.summary(Records.summary());

        printer.alert(Records.alert());
        printer.feedback(Records.feedback(Judgement.WRONG, null, false));

        assertThat(lines()).hasSize(4);
        assertThat(fields(lines().get(2))).containsExactlyElementsOf(fields(EmotionAlert.getClassSchema()));
        assertThat(fields(lines().get(3))).containsExactlyElementsOf(fields(EmotionFeedback.getClassSchema()));
        assertThat(fields(lines().get(0))).containsExactlyElementsOf(fields(EmotionEvent.getClassSchema()));
        assertThat(fields(lines().get(1))).containsExactlyElementsOf(fields(CallSummary.getClassSchema()));
    }

    @Test
    void shouldPrintValuesAsTheSchemaHasThem() throws Exception {
        new JsonLinesPrinter(new PrintWriter(out)).event(Records.event());

        JsonNode event = new ObjectMapper().readTree(lines().get(0));
        assertThat(event.get("role").asText()).isEqualTo("CUSTOMER");
        assertThat(event.get("capturedAt").asLong()).isEqualTo(1_700_000_066_000L);
        assertThat(event.get("probabilities").get("happy").asDouble()).isEqualTo(0.75);
        assertThat(event.get("speechRatio").asDouble()).isEqualTo(0.5);
        assertThat(event.get("votes")).hasSize(6);
        assertThat(event.get("votes").get(5).get("voter").asText()).isEqualTo("xgboost");
        assertThat(event.get("model").get("version").asText()).isEqualTo("1.0.0");
    }

    @Test
    void shouldPrintRowsForPeople() {
        EventListener printer = new TimelinePrinter(new PrintWriter(out), false);
        printer.event(Records.event());
        printer.summary(Records.summary());

        assertThat(lines())
                .containsExactly(
                        "",
                        "call-1, customer",
                        "   1:03 - 1:06   positive  happy      ███████████████·····   75 %  4 of 6 agree",
                        "",
                        "Summary of call-1, customer: 70.5 s, 31.3 s of it speech; 4 windows labelled, 2 silent",
                        "  positive, valence +0.45; by quarters positive, positive, negative, positive (trend -0.36);"
                                + " worst 0:30 - 0:42, valence -0.50",
                        "  happy      ███████████████·····   75 %",
                        "  sad        █████···············   25 %",
                        "  strongest: happy at 1:03 (75 %)",
                        "  model telephone 1.0.0");
    }

    @Test
    void shouldPrintAlertsAndWhatPeopleSay() {
        EventListener printer = new TimelinePrinter(new PrintWriter(out), false);
        printer.alert(Records.alert());
        printer.feedback(Records.feedback(Judgement.RIGHT, null, false));
        printer.feedback(Records.feedback(Judgement.LABEL, "neutral", false));
        printer.feedback(Records.feedback(Judgement.WRONG, null, true));

        assertThat(lines())
                .containsExactly(
                        "",
                        "Alert of call-1, customer, at 1:06: angry (angry at >= 0.6 for 5 of 8 windows)",
                        "call-1, customer, 1:03 - 1:06: happy is right",
                        "call-1, customer, 1:03 - 1:06: happy is wrong; it is neutral",
                        "call-1, customer, whole: happy is wrong");
    }

    @Test
    void shouldSayWhoACallIs() {
        EventListener printer = new TimelinePrinter(new PrintWriter(out), false);
        Map<String, String> attributes = Map.of("queue", "billing", "agent", "a-17");
        EmotionEvent event = Records.event();
        CallSummary summary = Records.summary();
        EmotionAlert alert = Records.alert();
        List.of(event, summary, alert).forEach(record -> record.put("attributes", attributes));
        printer.event(event);
        printer.summary(summary);
        printer.alert(alert);

        assertThat(lines())
                .contains(
                        "call-1, customer (agent=a-17, queue=billing)",
                        "Summary of call-1, customer (agent=a-17, queue=billing): 70.5 s, 31.3 s of it speech; 4 windows labelled, 2 silent",
                        "Alert of call-1, customer (agent=a-17, queue=billing), at 1:06: angry (angry at >= 0.6 for 5 of 8 windows)");
    }

    @Test
    void shouldColourOnlyWhenAskedTo() {
        new TimelinePrinter(new PrintWriter(out), true).event(Records.event());

        assertThat(out.toString()).contains("\u001b[93mhappy");
    }

    private static List<String> fields(String json) throws Exception {
        List<String> names = new ArrayList<>();
        new ObjectMapper().readTree(json).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> fields(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }
}
