package io.undertone.training.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The vote's verdicts on clips, kept to compute scores of coarser classes with standard errors over speakers. Not
 * thread-safe.
 */
public final class ClipVerdicts {
    private static final String ANGRY = "angry";

    private final List<Said> clips = new ArrayList<>();

    /**
     * The verdict on one clip.
     *
     * @param speaker its speaker, unique across corpora
     * @param label its true label
     * @param verdict null if it held too little speech
     * @param probabilities calibrated, by label; empty if it held too little speech
     */
    record Said(String speaker, String label, @Nullable String verdict, Map<String, Double> probabilities) {}

    void add(Said clip) {
        clips.add(clip);
    }

    void add(ClipVerdicts other) {
        clips.addAll(other.clips);
    }

    /** The unweighted average recall over labels, with its standard error. */
    public Figure uar() {
        return figure(some -> {
            Map<String, int[]> rightOf = new TreeMap<>();
            for (Said clip : some) {
                int[] counts = rightOf.computeIfAbsent(clip.label(), label -> new int[2]);
                counts[0] += clip.label().equals(clip.verdict()) ? 1 : 0;
                counts[1]++;
            }
            return rightOf.values().stream()
                    .mapToDouble(counts -> (double) counts[0] / counts[1])
                    .average()
                    .orElse(Double.NaN);
        });
    }

    /** The confusion matrix of coarser classes. */
    public Confusion confusion(Classes classes) {
        return confusion(classes, clips);
    }

    /** The unweighted average recall over coarser classes that have clips. */
    public Figure uar(Classes classes) {
        return figure(some -> confusion(classes, some).uar());
    }

    private static Confusion confusion(Classes classes, List<Said> some) {
        Confusion confusion = new Confusion(classes.names());
        for (Said clip : some) {
            int place = classes.of(clip.label());
            if (place < 0) {
                continue;
            }
            if (clip.verdict() == null) {
                confusion.addUnheard(place);
            } else {
                confusion.add(place, classes.mostProbable(clip.probabilities()));
            }
        }
        return confusion;
    }

    /** The number of angry clips. */
    public int angry() {
        return (int) clips.stream().filter(ClipVerdicts::isAngry).count();
    }

    /**
     * How well the probability of anger separates angry clips from others: the chance that a random angry clip has a higher one than a
     * random other clip, with ties counting half (the area under the receiver operating characteristic).
     */
    public Figure angerAuc() {
        return figure(ClipVerdicts::auc);
    }

    /** The share of angry clips whose probability of anger is above a threshold; clips without enough speech count as below. */
    public Figure angerRecall(double threshold) {
        return figure(some -> {
            long angry = some.stream().filter(ClipVerdicts::isAngry).count();
            long found = some.stream()
                    .filter(clip -> isAngry(clip) && anger(clip) > threshold)
                    .count();
            return angry == 0 ? Double.NaN : (double) found / angry;
        });
    }

    private static double auc(List<Said> some) {
        double[] angry = anger(some, true);
        double[] others = anger(some, false);
        if (angry.length == 0 || others.length == 0) {
            return Double.NaN;
        }
        double below = 0;
        for (double value : angry) {
            below += (rank(others, value, false) + rank(others, value, true)) / 2.0;
        }
        return below / angry.length / others.length;
    }

    /** The number of values of a sorted array that are below a value, or not above it. */
    private static int rank(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] anger(List<Said> some, boolean angry) {
        return some.stream()
                .filter(clip -> clip.verdict() != null && isAngry(clip) == angry)
                .mapToDouble(ClipVerdicts::anger)
                .sorted()
                .toArray();
    }

    private static double anger(Said clip) {
        return clip.probabilities().getOrDefault(ANGRY, 0.0);
    }

    private static boolean isAngry(Said clip) {
        return clip.label().equals(ANGRY);
    }

    private Figure figure(ToDoubleFunction<List<Said>> of) {
        return Figure.of(clips, Said::speaker, of);
    }
}
