package io.undertone.training.site;

import io.undertone.bundle.BundleContent;
import io.undertone.training.corpus.CorpusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Events of one bundle, by call.
 *
 * @param calls each with its events in order
 * @param labelled whether people labelled any
 */
public record SiteEvents(List<SiteCall> calls, boolean labelled) {
    private static final double SUM_TOLERANCE = 0.02;

    public SiteEvents {
        calls = List.copyOf(calls);
    }

    /**
     * Groups events by call. Events marked wrong without the right label, and marks on whole calls, cannot be used for calibration and are
     * left out.
     *
     * @throws CorpusException if labels, probabilities or the bundle don't match {@code content}
     */
    public static SiteEvents of(List<MarkedEvent> events, BundleContent content) {
        MarkedEvents.requireLabels(events, content.labels());
        requireBundle(events, content.name() + " " + content.version());
        Map<String, List<MarkedEvent>> byLeg = new LinkedHashMap<>();
        for (MarkedEvent event : events) {
            if (event.endMs() >= 0 && event.mark() != MarkedEvent.Mark.WRONG) {
                requireProbabilities(event, content.labels());
                byLeg.computeIfAbsent(event.leg(), leg -> new ArrayList<>()).add(event);
            }
        }
        Readout published = Readout.of(content);
        List<SiteCall> calls = new ArrayList<>();
        byLeg.forEach((leg, own) -> {
            own.sort(Comparator.comparingLong(MarkedEvent::endMs));
            calls.add(new EventSiteCall(
                    leg,
                    own.stream()
                            .map(event -> new SiteWindow(event.truth(), event.said(), event.probabilities()))
                            .toList(),
                    published));
        });
        return new SiteEvents(
                calls, events.stream().anyMatch(event -> !event.truth().isEmpty()));
    }

    private static void requireBundle(List<MarkedEvent> events, String bundle) {
        Set<String> others = events.stream()
                .map(MarkedEvent::model)
                .filter(model -> !model.isEmpty() && !model.equals(bundle))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!others.isEmpty()) {
            throw new CorpusException("Events must be those of the bundle that is calibrated, " + bundle + ": bundles="
                    + others + "; name that bundle, or leave the others' events out");
        }
    }

    private static void requireProbabilities(MarkedEvent event, List<String> labels) {
        double sum = event.probabilities().values().stream()
                .mapToDouble(probability -> probability)
                .sum();
        if (!event.probabilities().keySet().equals(Set.copyOf(labels)) || !(Math.abs(sum - 1) < SUM_TOLERANCE)) {
            throw new CorpusException(
                    "Events must have a probability for each label of the bundle, of a sum of 1: labels="
                            + labels + ": call=" + event.call() + ", end_ms=" + event.endMs() + ", probabilities="
                            + event.probabilities());
        }
    }
}
