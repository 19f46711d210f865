package io.undertone.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.CallSummary;
import io.undertone.EmotionEvent;
import io.undertone.Role;
import io.undertone.audio.AudioFileException;
import io.undertone.audio.AudioStream;
import io.undertone.classify.FileClassifier;
import io.undertone.config.UndertoneConfig;
import io.undertone.failure.Failure;
import io.undertone.model.EmotionModel;
import io.undertone.source.CallFile;
import io.undertone.source.PlayedCall;
import io.undertone.source.Voice;
import io.undertone.web.Exchange.BadRequestException;
import io.undertone.web.SentBody.RefusedException;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/classify}: judges an uploaded recording as {@code classify} judges a file, while it is received; none of it is stored. One
 * recording is judged at a time, on the thread of its request, so that it takes at most one core from live calls. Thread-safe.
 */
final class ClassifyApi {
    /** Limit of requests, running and waiting: each occupies a thread of the server. */
    private static final int ADMITTED_MAX = 4;

    private static final long TURN_WAIT_MS = 10_000;
    private static final String CALL_ID = "recording";

    private final @Nullable EmotionModel model;
    private final UndertoneConfig config;
    private final LongSupplier clockMs;
    private final Semaphore admitted = new Semaphore(ADMITTED_MAX);
    private final Semaphore turn = new Semaphore(1, true);
    private final Counter judged;
    private final Counter refused;
    private final Counter busy;

    /** @param model null if uploads are disabled */
    ClassifyApi(@Nullable EmotionModel model, UndertoneConfig config, MeterRegistry registry, LongSupplier clockMs) {
        this.model = config.classifiesOnTheWeb() ? model : null;
        this.config = config;
        this.clockMs = clockMs;
        this.judged = counter(registry, "judged");
        this.refused = counter(registry, "refused");
        this.busy = counter(registry, "busy");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("undertone.web.recordings")
                .description("Uploaded recordings: judged, refused, or turned away while others were judged (busy)")
                .tag("result", result)
                .register(registry);
    }

    List<Route> routes() {
        return List.of(Route.get("/api/classify", this::limits), Route.post("/api/classify", this::classify));
    }

    private void limits(Exchange exchange) {
        exchange.json(
                LiveJson.classifyLimits(model != null, config.webClassifyMaxBytes(), config.webClassifyTimeoutMs()));
    }

    private void classify(Exchange exchange) throws IOException {
        EmotionModel judge = model;
        if (judge == null) {
            exchange.error(
                    404, "recordings are not judged here; set web.classify=on in a process that runs the stage web");
            return;
        }
        if (exchange.request.getLength() > config.webClassifyMaxBytes()) {
            refused.increment();
            exchange.error(413, SentBody.tooLarge(config.webClassifyMaxBytes()));
            return;
        }
        if (!admitted.tryAcquire()) {
            turnAway(exchange);
            return;
        }
        try {
            if (!turn.tryAcquire(TURN_WAIT_MS, TimeUnit.MILLISECONDS)) {
                turnAway(exchange);
                return;
            }
            try {
                judge(judge, exchange);
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.error(503, "this process is ending");
        } finally {
            admitted.release();
        }
    }

    private void turnAway(Exchange exchange) {
        busy.increment();
        exchange.response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
        exchange.error(503, "other recordings are being judged; send it again in 10 s");
    }

    private void judge(EmotionModel judge, Exchange exchange) throws IOException {
        SentBody body = new SentBody(
                Content.Source.asInputStream(exchange.request),
                config.webClassifyMaxBytes(),
                clockMs.getAsLong() + config.webClassifyTimeoutMs(),
                clockMs);
        String answer;
        try {
            String callId = Objects.requireNonNullElse(exchange.inQuery("callId"), CALL_ID);
            answer = judge(judge, audio(exchange, body), body, callId, roles(exchange.inQuery("roles")));
            readToEnd(body);
        } catch (IOException | UncheckedIOException | Failure | IllegalArgumentException | BadRequestException e) {
            refused.increment();
            readToEnd(body);
            RefusedException refusal = refusal(e);
            exchange.error(refusal.status, String.valueOf(refusal.getMessage()));
            return;
        }
        judged.increment();
        exchange.json(answer);
    }

    /** Reads the rest of the request, since closing the connection earlier could lose the answer. */
    private static void readToEnd(SentBody body) {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Too much, too late or broken off: then it is cut.
        }
    }

    private static InputStream audio(Exchange exchange, SentBody body) throws IOException {
        String type = Objects.requireNonNullElse(exchange.header("Content-Type"), "");
        Optional<String> boundary = FormFile.boundary(type);
        return boundary.isPresent() ? FormFile.open(body, boundary.get()) : body;
    }

    private String judge(
            EmotionModel judge, InputStream audio, SentBody body, String callId, List<Optional<Role>> roles)
            throws IOException {
        PlayedCall call = CallFile.stream(audio, CALL_ID, callId, roles);
        List<Voice> voices = call.voices().stream()
                .filter(voice -> config.analysisRoles().contains(voice.role().name()))
                .toList();
        if (voices.isEmpty()) {
            throw new Failure("nothing to analyse: it holds " + call.roles() + ", and analysis.roles allows only "
                    + config.analysisRoles() + "; the parameter roles says whose voice each channel holds");
        }
        List<EmotionEvent> events = new ArrayList<>();
        List<CallSummary> summaries = new ArrayList<>();
        LegSettings settings =
                new LegSettings(config.audioGapMaxMs(), config.audioDisorderMaxMs(), config.speechMinRatio());
        try (AudioStream stream = call.audio().open()) {
            new FileClassifier(judge, Clock.systemUTC())
                    .classify(callId, stream, voices, settings, new FileClassifier.Listener() {
                        @Override
                        public void event(Voice voice, EmotionEvent event) {
                            try {
                                body.requireTime();
                            } catch (RefusedException e) {
                                throw new UncheckedIOException(e);
                            }
                            events.add(event);
                        }

                        @Override
                        public void summary(Voice voice, CallSummary summary) {
                            summaries.add(summary);
                        }
                    });
            return LiveJson.recording(callId, events, summaries, stream.remarks());
        }
    }

    private static List<Optional<Role>> roles(@Nullable String names) {
        if (names == null) {
            return List.of();
        }
        try {
            return CallFile.roles(names);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "roles must be customer, agent, unknown or - (leave out), separated by commas: roles=" + names);
        }
    }

    /** What is said of a recording that could not be judged. */
    private static RefusedException refusal(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refusal) {
                return refusal;
            }
        }
        if (failure instanceof AudioFileException
                || failure instanceof Failure
                || failure instanceof BadRequestException
                || failure instanceof IllegalArgumentException) {
            return new RefusedException(
                    400, String.valueOf(failure.getMessage()).replace("--roles", "the parameter roles"));
        }
        return new RefusedException(400, "the recording must be complete; the connection was closed early");
    }
}
