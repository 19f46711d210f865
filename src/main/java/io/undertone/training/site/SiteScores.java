package io.undertone.training.site;

import io.undertone.training.score.Tally;
import io.undertone.training.score.TemperatureFit;
import java.util.List;

/** Accuracy and calibration of a readout on labelled windows. Not thread-safe. */
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

    /** Accuracy and calibration counts. */
    public Tally tally() {
        return tally;
    }

    /** Mean {@code -log p} of the true labels, in nats: lower is better. */
    public double logLoss() {
        return surprise / tally.confusion().total();
    }
}
