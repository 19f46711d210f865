package io.undertone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.undertone.Sentiment;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.vote.Belief;
import io.undertone.vote.LegVote.Judgement;
import io.undertone.vote.Verdict;
import io.undertone.vote.Verdict.Vote;
import io.undertone.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void shouldTellWhatIsSaidOfCallsAndNameNone() {
        EventMetrics metrics = new EventMetrics(
                registry, List.of("calm", "angry"), List.of("cnn-1", "xgboost"), Optional.empty(), () -> 0);
        EventMetrics.model(registry, "telephone", "1.0.0", "ONNX Runtime");

        Verdict verdict = new Verdict(
                "angry",
                0.62,
                0.5,
                Map.of("angry", 0.62, "calm", 0.38),
                List.of(new Vote("cnn-1", "angry", 0.9), new Vote("xgboost", "calm", 0.6)));
        metrics.event(
                new Window(0, 0, 3000, 3000, 0.75f, -27, 1, new float[40]),
                new Judgement(verdict, verdict, Belief.NONE),
                Sentiment.NEGATIVE);

        assertThat(registry.scrape().lines())
                .contains(
                        "undertone_events_total{label=\"angry\"} 1.0",
                        "undertone_events_total{label=\"calm\"} 0.0",
                        "undertone_event_sentiments_total{sentiment=\"negative\"} 1.0",
                        "undertone_event_sentiments_total{sentiment=\"neutral\"} 0.0",
                        "undertone_inference_votes_total{majority=\"with\",voter=\"cnn-1\"} 1.0",
                        "undertone_inference_votes_total{majority=\"against\",voter=\"xgboost\"} 1.0",
                        "undertone_event_confidence_percent_bucket{le=\"60.0\"} 0",
                        "undertone_event_confidence_percent_bucket{le=\"70.0\"} 1",
                        "undertone_event_agreement_percent_bucket{le=\"50.0\"} 1",
                        "undertone_window_attenuation_decibels_bucket{le=\"24.0\"} 0",
                        "undertone_window_attenuation_decibels_bucket{le=\"30.0\"} 1",
                        "undertone_model_info{engine=\"ONNX Runtime\",name=\"telephone\",version=\"1.0.0\"} 1");
    }

    /** The figures of a bundle are of clips, which have no windows before them. */
    @Test
    void shouldSeeDriftByWindowsJudgedByThemselves() {
        Map<String, double[]> values = new HashMap<>();
        for (String figure : List.of(
                ReferenceFigures.LEVEL,
                ReferenceFigures.SPEECH_RATIO,
                ReferenceFigures.AGREEMENT,
                ReferenceFigures.CONFIDENCE)) {
            values.put(figure, new double[] {0.2, 0.4, 0.6, 0.8});
        }
        ReferenceFigures calmAlways = ReferenceFigures.of("made up", values, List.of("calm", "calm", "calm", "calm"));
        EventMetrics metrics = new EventMetrics(
                registry, List.of("calm", "angry"), List.of("cnn-1"), Optional.of(calmAlways), () -> 0);
        for (int i = 0; i < DriftMetrics.MIN_WINDOWS; i++) {
            metrics.event(
                    new Window(i, 0, 3000, 3000, 0.75f, -27, 1, new float[40]),
                    new Judgement(verdict("angry"), verdict("calm"), Belief.NONE),
                    Sentiment.NEGATIVE);
        }

        assertThat(registry.get("undertone.drift")
                        .tag("figure", "labels")
                        .gauge()
                        .value())
                .isLessThan(0.01);
    }

    private static Verdict verdict(String label) {
        return new Verdict(label, 0.6, 1, Map.of(label, 0.6), List.of(new Vote("cnn-1", label, 0.6)));
    }
}
