package io.undertone.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.EmotionEvent;
import io.undertone.EmotionFeedback;
import io.undertone.Judgement;
import io.undertone.Role;
import io.undertone.ingest.LegId;
import io.undertone.publish.RecordJson;
import io.undertone.web.Exchange.BadRequestException;
import io.undertone.web.FeedbackSink.NotTakenException;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/feedback}: a person's feedback on a label on the page, for one window or a whole leg. The event's label and probabilities are
 * added here, so that each record is self-contained. Thread-safe.
 */
final class FeedbackApi {
    /** Limit of concurrent requests, each of which waits for Kafka on a thread of the server. */
    private static final int ADMITTED_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(FeedbackApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveCalls calls;
    private final @Nullable FeedbackSink sink;
    private final LongSupplier clockMs;
    private final Semaphore admitted = new Semaphore(ADMITTED_MAX);
    private final Counter taken;
    private final Counter refused;
    private final Counter failed;

    /** @param sink null if feedback is disabled */
    FeedbackApi(LiveCalls calls, @Nullable FeedbackSink sink, MeterRegistry registry, LongSupplier clockMs) {
        this.calls = calls;
        this.sink = sink;
        this.clockMs = clockMs;
        this.taken = counter(registry, "taken");
        this.refused = counter(registry, "refused");
        this.failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("undertone.web.feedback")
                .description("People's feedback on labels: taken, refused, or failed because Kafka did not accept it")
                .tag("result", result)
                .register(registry);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/feedback", exchange -> exchange.json("{\"available\":" + (sink != null) + "}")),
                Route.post("/api/feedback", this::take));
    }

    private void take(Exchange exchange) throws IOException {
        FeedbackSink to = sink;
        if (to == null) {
            exchange.error(404, "no feedback is taken here; set web.feedback=true");
            return;
        }
        if (!admitted.tryAcquire()) {
            failed.increment();
            exchange.response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
            exchange.error(503, "others are being taken; send it again in 10 s");
            return;
        }
        try {
            Optional<EmotionFeedback> feedback = feedback(exchange.text());
            if (feedback.isEmpty()) {
                refused.increment();
                exchange.error(404, "no such call or window is live or ended in the last minutes");
                return;
            }
            to.write(feedback.get());
            taken.increment();
            exchange.json(RecordJson.line(feedback.get()));
        } catch (BadRequestException e) {
            refused.increment();
            throw e;
        } catch (NotTakenException e) {
            failed.increment();
            LOG.warn("feedback was not taken: {}", e.getMessage());
            exchange.response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
            exchange.error(503, "Kafka did not take it; the log says why, and 'undertone topics' creates the topic");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.error(503, "this process is ending");
        } finally {
            admitted.release();
        }
    }

    /** Empty if there is no such leg or window. */
    private Optional<EmotionFeedback> feedback(String body) {
        JsonNode said = json(body);
        LegId leg = new LegId(callId(said), role(said.path("role").asText(Role.CUSTOMER.name())));
        List<SeenWindow> windows = calls.windows(leg);
        JsonNode index = said.path("index");
        if (index.isMissingNode() || index.isNull()) {
            return ofLeg(leg, windows).map(given -> judged(given, said).build());
        }
        if (!index.canConvertToInt()) {
            throw new BadRequestException("index must be the number of a window: index=" + index);
        }
        return windows.stream()
                .filter(window -> window.index == index.intValue())
                .findFirst()
                .map(window -> judged(ofWindow(window.event()), said).build());
    }

    private static JsonNode json(String body) {
        try {
            JsonNode said = JSON.readTree(body);
            if (said != null && said.isObject()) {
                return said;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new BadRequestException("feedback must be a JSON object with callId and verdict");
    }

    private static String callId(JsonNode said) {
        String callId = said.path("callId").asText("");
        if (callId.isEmpty()) {
            throw new BadRequestException("callId must name a call: callId=" + said.path("callId"));
        }
        return callId;
    }

    private static Role role(String name) {
        try {
            return Role.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("role must be one of CUSTOMER, AGENT, UNKNOWN: role=" + name);
        }
    }

    private static EmotionFeedback.Builder ofWindow(EmotionEvent event) {
        return EmotionFeedback.newBuilder()
                .setFeedbackId(event.getEventId())
                .setCallId(event.getCallId())
                .setRole(event.getRole())
                .setIndex(event.getIndex())
                .setStartMs(event.getStartMs())
                .setEndMs(event.getEndMs())
                .setLabel(event.getLabel())
                .setProbabilities(event.getProbabilities())
                .setModel(event.getModel());
    }

    private static Optional<EmotionFeedback.Builder> ofLeg(LegId leg, List<SeenWindow> windows) {
        Map<String, Long> counts =
                windows.stream().collect(Collectors.groupingBy(window -> window.label, Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(most -> EmotionFeedback.newBuilder()
                        .setFeedbackId(leg.callId() + "/" + leg.role())
                        .setCallId(leg.callId())
                        .setRole(leg.role())
                        .setLabel(most.getKey())
                        .setModel(windows.get(windows.size() - 1).event().getModel()));
    }

    /** Adds what the person says. */
    private EmotionFeedback.Builder judged(EmotionFeedback.Builder given, JsonNode said) {
        String verdict = said.path("verdict").asText("").toUpperCase(Locale.ROOT);
        Judgement judgement = List.of(Judgement.RIGHT, Judgement.WRONG, Judgement.LABEL).stream()
                .filter(each -> each.name().equals(verdict))
                .findFirst()
                .orElseThrow(() -> new BadRequestException(
                        "verdict must be one of RIGHT, WRONG, LABEL: verdict=" + said.path("verdict")));
        return given.setVerdict(judgement)
                .setTrueLabel(judgement == Judgement.LABEL ? trueLabel(given, said.path("trueLabel")) : null)
                .setProducedAt(Instant.ofEpochMilli(clockMs.getAsLong()));
    }

    private String trueLabel(EmotionFeedback.Builder given, JsonNode label) {
        List<String> labels = calls.windows(new LegId(given.getCallId(), given.getRole())).stream()
                .reduce((before, last) -> last)
                .map(last -> last.event().getProbabilities().keySet())
                .map(names -> names.stream().sorted().toList())
                .orElse(List.of());
        if (!label.isTextual() || !labels.contains(label.asText())) {
            throw new BadRequestException(
                    "with the verdict LABEL, trueLabel must be one of " + labels + ": trueLabel=" + label);
        }
        return label.asText();
    }
}
