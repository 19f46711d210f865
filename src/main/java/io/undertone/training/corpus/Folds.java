package io.undertone.training.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Speakers divided into folds, each held out once: consecutive speakers in alphabetical order, as evenly as possible, in five folds; with
 * fewer than ten speakers, one fold each. RAVDESS' actors 1 to 20 give 1-4, 5-8, 9-12, 13-16, 17-20.
 *
 * @param speakers speakers held out by each fold
 */
public record Folds(List<Set<String>> speakers) {
    private static final int FOLDS = 5;
    private static final int FEW = 10;

    public Folds {
        speakers = List.copyOf(speakers);
    }

    /** The folds of a corpus. */
    public static Folds of(Corpus corpus) {
        List<String> all = corpus.speakers();
        int folds = all.size() < FEW ? all.size() : FOLDS;
        List<Set<String>> held = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            held.add(Set.copyOf(all.subList(fold * all.size() / folds, (fold + 1) * all.size() / folds)));
        }
        return new Folds(held);
    }

    /** Two folds: speakers in alphabetical order alternate between them, starting with the first. */
    public static Folds halves(Corpus corpus) {
        List<String> all = corpus.speakers();
        Set<String> first = new TreeSet<>();
        Set<String> second = new TreeSet<>();
        for (int i = 0; i < all.size(); i++) {
            (i % 2 == 0 ? first : second).add(all.get(i));
        }
        return new Folds(List.of(Set.copyOf(first), Set.copyOf(second)));
    }

    /** The number of folds. */
    public int size() {
        return speakers.size();
    }

    /** Whether a fold holds out a clip of the corpus. */
    public boolean holdsOut(int fold, Clip clip) {
        return speakers.get(fold).contains(clip.speaker());
    }
}
