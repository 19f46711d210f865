package io.undertone.training.site;

import io.undertone.training.score.Tally;
import io.undertone.training.score.TemperatureFit;
import java.util.List;

/** How right, and how rightly sure, a readout is about labelled windows. Not thread-safe. */
public final class SiteScores {
    private final List<String> labels;
    private final Tally tally;
    private double surprise;

    SiteScores(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.tally = new Tally(labels);
    }

    void add(List<SiteWindow> windows) {
        windows.stream().filter(SiteWindow::isKnown).forEach(window -> {
            tally.add(labels.indexOf(window.truth()), labels.indexOf(window.said()), window.confidence());
            surprise += TemperatureFit.surprise(window.probability(window.truth()));
        });
    }

    /** What was said against what should have been, and how surely. */
    public Tally tally() {
        return tally;
    }

    /** Mean of {@code -log p} of what should have been said, nats: the lower the better. */
    public double logLoss() {
        return surprise / tally.confusion().total();
    }
}
