package io.undertone.training.precision;

import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Folds;
import io.undertone.training.network.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The clips for finding ranges, and those of other speakers for measuring the effect. Deterministic for the same corpora. Immutable.
 *
 * @param learned clips for finding ranges, limited per corpus
 * @param heldOut clips for measuring, of other speakers
 */
public record RangeClips(List<Clip> learned, List<Clip> heldOut) {
    private static final long SEED = 1;

    public RangeClips {
        learned = List.copyOf(learned);
        heldOut = List.copyOf(heldOut);
        if (learned.isEmpty() || heldOut.isEmpty()) {
            throw new CorpusException(
                    "Corpora must hold clips of the bundle's labels by two speakers or more: clips to learn from="
                            + learned.size() + ", clips of others=" + heldOut.size()
                            + "; add recordings of other people");
        }
    }

    /** Holds out every second speaker of each corpus, in alphabetical order. */
    public static RangeClips halves(List<Corpus> corpora, int most) {
        List<Clip> learned = new ArrayList<>();
        List<Clip> heldOut = new ArrayList<>();
        for (Corpus corpus : corpora) {
            Folds halves = Folds.halves(corpus);
            learned.addAll(sample(corpus, clip -> !halves.holdsOut(1, clip), most));
            corpus.clips().stream().filter(clip -> halves.holdsOut(1, clip)).forEach(heldOut::add);
        }
        return new RangeClips(learned, heldOut);
    }

    /** Holds out all clips of some corpora, and leaves out clips of the same speakers in the others. */
    public static RangeClips measuredOn(List<Corpus> heldOut, List<Corpus> corpora, int most) {
        List<Clip> measured =
                heldOut.stream().flatMap(corpus -> corpus.clips().stream()).toList();
        Set<String> speakers = new HashSet<>();
        measured.forEach(clip -> speakers.add(clip.speakerKey()));
        List<Clip> learned = new ArrayList<>();
        for (Corpus corpus : corpora) {
            learned.addAll(sample(corpus, clip -> !speakers.contains(clip.speakerKey()), most));
        }
        return new RangeClips(learned, measured);
    }

    /**
     * Takes the first clips in the order of a number drawn for each name, so that the choice doesn't depend on the order of names or
     * labels.
     */
    private static List<Clip> sample(Corpus corpus, Predicate<Clip> fits, int most) {
        return corpus.clips().stream()
                .filter(fits)
                .sorted(Comparator.comparingLong((Clip clip) -> Seeds.derive(SEED, clip.key()))
                        .thenComparing(Clip::key))
                .limit(most)
                .toList();
    }
}
