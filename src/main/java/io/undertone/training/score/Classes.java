package io.undertone.training.score;

import java.util.List;
import java.util.Map;

/**
 * Coarser classes than labels: each is a group of labels, and the predicted class is the one with the highest sum of probabilities. Clips
 * of labels outside all groups are left out.
 *
 * @param names of the classes
 * @param members labels of each class, in the same order
 */
public record Classes(List<String> names, List<List<String>> members) {
    /** Neutral or calm, happy, sad, angry: the classes of most corpora and products. */
    public static final Classes FOUR = new Classes(
            List.of("neutral or calm", "happy", "sad", "angry"),
            List.of(List.of("neutral", "calm"), List.of("happy"), List.of("sad"), List.of("angry")));

    /** Negative, neutral, positive; surprise may be either, so it is left out. */
    public static final Classes SENTIMENT = new Classes(
            List.of("negative", "neutral", "positive"),
            List.of(List.of("angry", "sad", "fearful", "disgust"), List.of("neutral", "calm"), List.of("happy")));

    public Classes {
        names = List.copyOf(names);
        members = List.copyOf(members);
    }

    /** The index of a label's class; -1 if it has none. */
    int of(String label) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).contains(label)) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the class with the highest sum of probabilities; the first of equals. */
    int mostProbable(Map<String, Double> probabilities) {
        int best = 0;
        for (int i = 1; i < members.size(); i++) {
            if (sum(i, probabilities) > sum(best, probabilities)) {
                best = i;
            }
        }
        return best;
    }

    private double sum(int place, Map<String, Double> probabilities) {
        return members.get(place).stream()
                .mapToDouble(label -> probabilities.getOrDefault(label, 0.0))
                .sum();
    }
}
