package io.undertone.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All runs of one bench, as JSON: fields as in {@link RunResult}.
 *
 * @param measuredAt ISO date and time
 * @param machine properties of the machine, by name
 * @param settings options of the bench, by name
 * @param runs in their order
 * @param samples resources of {@code serve} over time; null without --sample
 * @param p99Ms the limit of a search; null without --search
 * @param mostLegs the most legs within that limit; null without --search
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
        String measuredAt,
        Map<String, Object> machine,
        Map<String, Object> settings,
        List<RunResult> runs,
        @Nullable List<SystemSample> samples,
        @Nullable Double p99Ms,
        @Nullable Integer mostLegs) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Writes it to a file. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /** One run as one line, without its curve. */
    public static String line(RunResult run) {
        ObjectNode node = JSON.valueToTree(run);
        node.remove("curve");
        return node.toString();
    }
}
