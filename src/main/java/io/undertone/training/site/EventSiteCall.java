package io.undertone.training.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of which only the published events remain, without the single voters' opinions. Another readout is applied to the published
 * probabilities: {@code p'(l) ~ p(l)^(1/s) (read'(l) / read(l))^(1/(s T))}, {@code s} being the new temperature as a multiple of the old
 * one, {@code T}. That is exact for temperatures; for priors it treats the voters as one, and the contribution of earlier windows as fixed.
 * The label is the published one while shares stay the same, else the most probable one.
 */
public final class EventSiteCall implements SiteCall {
    private final String name;
    private final List<SiteWindow> events;
    private final Readout published;

    /** @param published the readout with which these events were published */
    EventSiteCall(String name, List<SiteWindow> events, Readout published) {
        this.name = name;
        this.events = List.copyOf(events);
        this.published = published;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<SiteWindow> judged(Readout readout) {
        return reread(readout, readout.inCall() / published.inCall(), published.inCall());
    }

    @Override
    public List<SiteWindow> judgedAlone(Readout readout) {
        return reread(readout, readout.temperature() / published.temperature(), published.temperature());
    }

    private List<SiteWindow> reread(Readout readout, double scale, double temperature) {
        Map<String, Double> from = published.priors().read();
        Map<String, Double> to = readout.priors().read();
        boolean shifts = !from.equals(to);
        List<SiteWindow> windows = new ArrayList<>();
        for (SiteWindow event : events) {
            Map<String, Double> weights = new LinkedHashMap<>();
            double sum = 0;
            for (Map.Entry<String, Double> one : event.probabilities().entrySet()) {
                double ratio = shifts ? LabelShares.of(to, one.getKey()) / LabelShares.of(from, one.getKey()) : 1;
                double weight = Math.pow(Math.max(LabelShares.LEAST, one.getValue()), 1 / scale)
                        * Math.pow(ratio, 1 / (scale * temperature));
                weights.put(one.getKey(), weight);
                sum += weight;
            }
            double total = sum;
            weights.replaceAll((label, weight) -> weight / total);
            windows.add(new SiteWindow(event.truth(), shifts ? mostProbable(weights) : event.said(), weights));
        }
        return windows;
    }

    private static String mostProbable(Map<String, Double> probabilities) {
        String best = "";
        double most = -1;
        for (Map.Entry<String, Double> one : probabilities.entrySet()) {
            if (one.getValue() > most) {
                most = one.getValue();
                best = one.getKey();
            }
        }
        return best;
    }
}
