package io.undertone.training.score;

import java.util.List;

/** Accuracy and calibration of one voter or vote. Not thread-safe. */
public final class Tally {
    private final Confusion confusion;
    private final Reliability reliability = new Reliability();

    public Tally(List<String> labels) {
        confusion = new Confusion(labels);
    }

    /** Adds a verdict on a clip. */
    public void add(int trueLabel, int said, double confidence) {
        confusion.add(trueLabel, said);
        reliability.add(confidence, trueLabel == said);
    }

    /** Adds a clip without verdict. */
    public void addUnheard(int trueLabel) {
        confusion.addUnheard(trueLabel);
    }

    /** Adds all of another. */
    public void add(Tally other) {
        confusion.add(other.confusion);
        reliability.add(other.reliability);
    }

    public Confusion confusion() {
        return confusion;
    }

    public Reliability reliability() {
        return reliability;
    }
}
