package io.undertone.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each voter's probabilities for each window: {@code [window][voter][label]}, every row of labels summing to 1. A failed voter has none:
 * {@link #answered} tells which, {@link #failures()} why. Grows as needed and is reused for the next batch. Also records how long voters
 * took. Not thread-safe.
 */
public final class Probabilities {
    private final int voters;
    private final int labels;
    private int windows;
    private float[] values = new float[0];
    private boolean[] missing = new boolean[0];
    private final List<VoterFailure> failures = new ArrayList<>();
    private final Map<String, Long> nanosByVoters = new LinkedHashMap<>();

    public Probabilities(int voters, int labels) {
        this.voters = voters;
        this.labels = labels;
    }

    /** Makes room for {@code windows} windows; values are undefined until they are set. */
    public void reset(int windows) {
        this.windows = windows;
        int needed = windows * voters * labels;
        if (values.length < needed) {
            values = new float[needed];
            missing = new boolean[windows * voters];
        }
        Arrays.fill(missing, 0, windows * voters, false);
        failures.clear();
        nanosByVoters.clear();
    }

    public int windows() {
        return windows;
    }

    public int voters() {
        return voters;
    }

    public int labels() {
        return labels;
    }

    public float get(int window, int voter, int label) {
        return values[index(window, voter, label)];
    }

    public void set(int window, int voter, int label, float probability) {
        values[index(window, voter, label)] = probability;
    }

    /** Whether a voter answered for a window: true unless it failed. */
    public boolean answered(int window, int voter) {
        return !missing[window * voters + voter];
    }

    /** Removes a voter's probabilities for one window; {@link #report} states why. */
    public void setMissing(int window, int voter) {
        missing[window * voters + voter] = true;
    }

    /** Records why a voter failed. */
    public void report(VoterFailure failure) {
        failures.add(failure);
    }

    /** The failures in this batch; empty if every voter answered for every window. */
    public List<VoterFailure> failures() {
        return List.copyOf(failures);
    }

    /** Records how long voters took for all windows.
     *
     * @param voters evaluated together: the networks, or the name of a single voter
     */
    public void took(String voters, long nanos) {
        nanosByVoters.put(voters, nanos);
    }

    /** How long voters took for all windows, ns, by the voters evaluated together; empty if not recorded. */
    public Map<String, Long> nanosByVoters() {
        return Map.copyOf(nanosByVoters);
    }

    /** The largest difference of any probability from another result for the same windows, voters and labels. */
    public double largestDifference(Probabilities other) {
        double largest = 0;
        for (int window = 0; window < windows; window++) {
            for (int voter = 0; voter < voters; voter++) {
                for (int label = 0; label < labels; label++) {
                    largest = Math.max(largest, Math.abs(get(window, voter, label) - other.get(window, voter, label)));
                }
            }
        }
        return largest;
    }

    private int index(int window, int voter, int label) {
        return (window * voters + voter) * labels + label;
    }
}
