package io.undertone.training;

import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.Folds;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Further data that trainings are scored on, besides the corpora of the folds.
 *
 * <p>No speaker is scored by voters that were fitted to them: speakers of training corpora are scored by the training that held them out.
 * The others are distributed over the trainings in the same way, each scored once, so that with five trainings the first scores the first
 * fifth of the speakers of {@code ased} and of the pieces of {@code music}.
 *
 * @param ordinary ordinary speech, each corpus a kind; of training corpora, the neutral and calm clips
 * @param notSpeech music, tones and noise, each folder a kind
 * @param neverTrainedOn corpora that are scored like those of the folds, but never fitted to
 */
record Beside(List<Corpus> ordinary, List<Corpus> notSpeech, List<Corpus> neverTrainedOn) {
    /** Nothing. */
    static final Beside NOTHING = new Beside(List.of(), List.of(), List.of());

    Beside {
        ordinary = List.copyOf(ordinary);
        notSpeech = List.copyOf(notSpeech);
        neverTrainedOn = List.copyOf(neverTrainedOn);
    }

    /** The clips of some corpora that one of this many trainings is scored on. */
    static List<Clip> share(List<Corpus> corpora, int training, int trainings) {
        Map<String, Folds> folds = folds(corpora);
        return clips(corpora)
                .filter(clip -> isHeldOut(clip, training, trainings, folds))
                .toList();
    }

    /** The folds of corpora, by name. */
    static Map<String, Folds> folds(List<Corpus> corpora) {
        return corpora.stream().collect(Collectors.toMap(Corpus::name, Folds::of));
    }

    /** Whether one of this many trainings holds a clip out: fold {@code k} belongs to training {@code k} modulo their number. */
    static boolean isHeldOut(Clip clip, int training, int trainings, Map<String, Folds> folds) {
        Folds of = folds.get(clip.corpus());
        return of != null
                && IntStream.range(0, of.size())
                        .anyMatch(fold -> fold % trainings == training && of.holdsOut(fold, clip));
    }

    /** All clips of some corpora. */
    static Stream<Clip> clips(List<Corpus> corpora) {
        Function<Corpus, Stream<Clip>> clips = corpus -> corpus.clips().stream();
        return corpora.stream().flatMap(clips);
    }
}
