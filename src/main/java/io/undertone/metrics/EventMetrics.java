package io.undertone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertone.Sentiment;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.vote.LegVote.Judgement;
import io.undertone.vote.Verdict;
import io.undertone.window.Window;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The distribution of events, and its drift from the bundle's reference. Names no call. Thread-safe. */
public final class EventMetrics {
    // Percent: Micrometer's buckets hold whole numbers, so that all shares would fall into the one up to 1.
    private static final double[] TENTHS = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    /** Upper ends that part one vote of six from the next. */
    private static final double[] VOTES = {17, 34, 50, 67, 84, 100};

    private static final double[] DECIBELS = {6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 72};

    private final Map<String, Counter> byLabel = new HashMap<>();
    private final Map<Sentiment, Counter> bySentiment = new EnumMap<>(Sentiment.class);
    private final Map<String, Counter> withMajority = new HashMap<>();
    private final Map<String, Counter> against = new HashMap<>();
    private final DistributionSummary confidence;
    private final DistributionSummary agreement;
    private final DistributionSummary speechRatio;
    private final DistributionSummary belowFullScale;
    private final @Nullable DriftMetrics drift;

    /**
     * @param labels of the bundle
     * @param voters of the bundle
     * @param reference windows of the bundle; empty: no drift is shown
     * @param clockMs the time, epoch ms
     */
    public EventMetrics(
            MeterRegistry registry,
            List<String> labels,
            List<String> voters,
            Optional<ReferenceFigures> reference,
            LongSupplier clockMs) {
        labels.forEach(label -> byLabel.put(
                label,
                Counter.builder("undertone.events")
                        .description("Events, by label")
                        .tag("label", label)
                        .register(registry)));
        for (Sentiment sentiment : List.of(Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)) {
            bySentiment.put(
                    sentiment,
                    Counter.builder("undertone.event.sentiments")
                            .description("Events, by sentiment")
                            .tag("sentiment", sentiment.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        voters.forEach(voter -> {
            withMajority.put(voter, votes(registry, voter, "with"));
            against.put(voter, votes(registry, voter, "against"));
        });
        confidence =
                summary(registry, "undertone.event.confidence.percent", "Calibrated probability of the label", TENTHS);
        agreement = summary(
                registry, "undertone.event.agreement.percent", "Share of the votes that are for the label", VOTES);
        speechRatio = summary(
                registry, "undertone.window.speech.percent", "Share of a labelled window's frames with speech", TENTHS);
        belowFullScale = summary(
                registry,
                "undertone.window.attenuation.decibels",
                "How far the speech of a labelled window is below full scale",
                DECIBELS);
        drift = reference
                .map(figures -> new DriftMetrics(registry, figures, clockMs))
                .orElse(null);
    }

    private static Counter votes(MeterRegistry registry, String voter, String majority) {
        return Counter.builder("undertone.inference.votes")
                .description("Votes of each voter, with or against the majority")
                .tag("voter", voter)
                .tag("majority", majority)
                .register(registry);
    }

    private static DistributionSummary summary(MeterRegistry registry, String name, String what, double[] bounds) {
        return DistributionSummary.builder(name)
                .description(what)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    /** Says which model is at work in this process. */
    public static void model(MeterRegistry registry, String name, String version, String engine) {
        Gauge.builder("undertone.model.info", () -> 1)
                .description("The bundle and engine in use in this process; always 1")
                .tag("name", name)
                .tag("version", version)
                .tag("engine", engine)
                .register(registry);
    }

    /** Takes an event. Drift compares windows judged by themselves, as those of the bundle's figures were. */
    public void event(Window window, Judgement judgement, Sentiment sentiment) {
        Verdict verdict = judgement.verdict();
        Counter label = byLabel.get(verdict.label());
        if (label != null) {
            label.increment();
        }
        Counter ofSentiment = bySentiment.get(sentiment);
        if (ofSentiment != null) {
            ofSentiment.increment();
        }
        for (Verdict.Vote vote : verdict.votes()) {
            Counter votes = (vote.label().equals(verdict.label()) ? withMajority : against).get(vote.voter());
            if (votes != null) {
                votes.increment();
            }
        }
        confidence.record(100 * verdict.confidence());
        agreement.record(100 * verdict.agreement());
        speechRatio.record(100 * window.speechRatio());
        belowFullScale.record(Math.max(0, -window.levelDb()));
        if (drift != null) {
            Verdict alone = judgement.alone();
            drift.seen(window.levelDb(), window.speechRatio(), alone.agreement(), alone.confidence(), alone.label());
        }
    }
}
