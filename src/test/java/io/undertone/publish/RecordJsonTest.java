package io.undertone.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.AudioChunk;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Encoding;
import io.undertone.EndReason;
import io.undertone.LegEnd;
import io.undertone.Model;
import io.undertone.Role;
import io.undertone.affect.AffectTable;
import io.undertone.codec.AvroCodec;
import io.undertone.ingest.LegId;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    /** Makes the generated classes known to Avro, whichever test comes first. */
    private static final AvroCodec<AudioChunk> CODEC = new AvroCodec<>(AudioChunk.class);

    private static final LegId LEG = new LegId("call-1", Role.CUSTOMER);
    private static final Model MODEL = new Model("telephone", "1.0.0");

    static EmotionEvent event(int index, String label, double confidence) {
        Window window =
                new Window(index, index * 1000L, index * 1000L + 3000, 1_790_000_003_000L, 0.5f, -30, 1, new float[40]);
        Verdict verdict = new Verdict(
                label,
                confidence,
                5.0 / 6,
                Map.of(label, confidence, "sad", 1 - confidence),
                List.of(new Verdict.Vote("cnn-1", label, 0.9), new Verdict.Vote("xgboost", "sad", 0.5)));
        return EmotionEvents.of(LEG, window, verdict, AffectTable.DEFAULT, MODEL, 1_790_000_003_100L);
    }

    @Test
    void shouldRenderAnEventWithTheSchemasNamesAndTimesAsNumbers() {
        assertThat(RecordJson.line(event(7, "angry", 0.75)))
                .isEqualTo("{\"eventId\":\"call-1/CUSTOMER/7\",\"callId\":\"call-1\",\"role\":\"CUSTOMER\",\"index\":7,"
                        + "\"startMs\":7000,\"endMs\":10000,\"capturedAt\":1790000003000,\"label\":\"angry\","
                        + "\"confidence\":0.75,\"agreement\":0.8333333333333334,"
                        + "\"probabilities\":{\"angry\":0.75,\"sad\":0.25},\"votes\":["
                        + "{\"voter\":\"cnn-1\",\"label\":\"angry\",\"confidence\":0.9},"
                        + "{\"voter\":\"xgboost\",\"label\":\"sad\",\"confidence\":0.5}],"
                        + "\"missingVoters\":[],\"speechRatio\":0.5,\"levelDb\":-30.0,"
                        + "\"model\":{\"name\":\"telephone\",\"version\":\"1.0.0\"},\"producedAt\":1790000003100,"
                        + "\"sentiment\":\"NEGATIVE\",\"valence\":-0.54,\"arousal\":0.6875,\"attributes\":{}}");
    }

    @Test
    void shouldRenderASummaryOnOneLineWithEveryFieldOfItsSchema() throws Exception {
        CallTally tally = new CallTally();
        tally.add(event(0, "angry", 0.75));
        CallSummary summary = tally.summary(LEG, end(), MODEL, 1_790_000_009_000L);
        String line = RecordJson.line(summary);
        assertThat(line).doesNotContain("\n");
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(summary.getSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
        assertThat(json.get("shares").get("angry").asDouble()).isEqualTo(1);
        assertThat(json.get("strongest").get(0).get("index").asInt()).isZero();
        assertThat(json.get("endReason").asText()).isEqualTo("IDLE");
    }

    static LegEnd end() {
        return new LegEnd(
                EndReason.IDLE, Instant.ofEpochMilli(1_790_000_000_000L), 9000L, 4000L, 1, 2, 0, 3, 400L, 5, 6, 7, 8);
    }

    @Test
    void shouldNotRenderAudio() {
        AudioChunk chunk = AudioChunk.newBuilder()
                .setCallId("call-1")
                .setPosition(0)
                .setCapturedAt(Instant.EPOCH)
                .setEncoding(Encoding.MULAW)
                .setSampleRateHz(8000)
                .setAudio(ByteBuffer.wrap(new byte[160]))
                .build();
        assertThat(CODEC.encode(chunk)).hasSizeGreaterThan(160);
        assertThat(RecordJson.line(chunk)).contains("\"audio\":160,");
    }

    @Test
    void shouldSurviveTheWire() throws Exception {
        AvroCodec<EmotionEvent> events = new AvroCodec<>(EmotionEvent.class);
        EmotionEvent event = event(7, "angry", 0.75);
        assertThat(events.decode(events.encode(event))).isEqualTo(event);
    }
}
