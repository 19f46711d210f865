package io.undertone.training;

import io.undertone.training.corpus.AudioFolder;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the corpora that a run measures besides its folds. */
final class BesideCorpora {
    private static final Logger LOG = LoggerFactory.getLogger(BesideCorpora.class);
    private static final Set<String> ORDINARY = Set.of("neutral", "calm");

    private final TrainRun.Extras extras;
    private final List<String> leaveOut;

    /**
     * @param leaveOut speakers that are not measured on
     */
    BesideCorpora(TrainRun.Extras extras, List<String> leaveOut) {
        this.extras = extras;
        this.leaveOut = List.copyOf(leaveOut);
    }

    /**
     * Opens all folders.
     *
     * @param corpora that are fitted to
     * @param clips distinct clips of them
     * @param labels learned from them; clips of other labels are not measured
     */
    Beside open(List<Corpus> corpora, List<Clip> clips, List<String> labels) {
        List<Corpus> ordinary = ordinary(corpora, clips);
        List<Corpus> measureOnly = measureOnly(corpora, labels);
        List<Corpus> notSpeech =
                extras.notSpeech().stream().map(AudioFolder::all).toList();
        requireNames("ordinary", ordinary);
        requireNames("not-speech", notSpeech);
        requireNames("measure", measureOnly);
        LOG.info(
                "Beside the folds: ordinary speech {}, no speech {}, corpora that are only measured {}",
                names(ordinary),
                names(notSpeech),
                names(measureOnly));
        return new Beside(ordinary, notSpeech, measureOnly);
    }

    private List<Corpus> ordinary(List<Corpus> corpora, List<Clip> clips) {
        List<Corpus> ordinary = new ArrayList<>();
        List<Corpus> named =
                extras.ordinary().stream().map(AudioFolder::ordinary).toList();
        for (Corpus corpus : corpora) {
            if (corpus.isOrdinarySpeech()
                    || named.stream().anyMatch(n -> n.name().equals(corpus.name()))) {
                ordinary.add(new Corpus(
                        corpus.name(),
                        clips.stream()
                                .filter(c -> c.corpus().equals(corpus.name()) && ORDINARY.contains(c.label()))
                                .toList()));
            }
        }
        for (Corpus kind : named) {
            if (corpora.stream().noneMatch(c -> c.name().equals(kind.name()))) {
                ordinary.add(known(kind));
            }
        }
        return ordinary;
    }

    private List<Corpus> measureOnly(List<Corpus> corpora, List<String> labels) {
        List<Corpus> measureOnly = new ArrayList<>();
        for (Path folder : extras.measureOnly()) {
            Corpus whole = Corpus.openLeniently(folder);
            Corpus corpus = known(whole.withLabels(labels));
            int other = whole.clips().size() - whole.withLabels(labels).clips().size();
            if (other > 0) {
                LOG.info("{}: {} clips have labels outside {} and are not measured", whole.name(), other, labels);
            }
            if (corpora.stream().anyMatch(c -> c.name().equals(corpus.name()))) {
                throw new IllegalArgumentException(
                        "a corpus that is only measured must not be among those that are fitted to: measure="
                                + corpus.name());
            }
            measureOnly.add(corpus);
        }
        return measureOnly;
    }

    /** The corpora that are left out entirely, one at a time. */
    List<Corpus> leftOut(List<Corpus> corpora) {
        List<String> wanted = extras.crossCorpus();
        if (wanted == null) {
            return List.of();
        }
        List<String> known = names(corpora);
        if (!known.containsAll(wanted) || corpora.size() < 2) {
            throw new IllegalArgumentException(
                    "a corpus that is left out must be one of several that are given: cross-corpus=" + wanted
                            + ", corpora=" + known);
        }
        return corpora.stream()
                .filter(corpus -> wanted.isEmpty() ? corpus.balance().size() > 1 : wanted.contains(corpus.name()))
                .toList();
    }

    private Corpus known(Corpus corpus) {
        return new Corpus(
                corpus.name(),
                corpus.clips().stream()
                        .filter(clip -> !leaveOut.contains(clip.speaker()))
                        .toList());
    }

    private static List<String> names(List<Corpus> corpora) {
        return corpora.stream().map(Corpus::name).toList();
    }

    private static void requireNames(String option, List<Corpus> corpora) {
        List<String> names = names(corpora);
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("each folder must have a different name: " + option + "=" + names);
        }
    }
}
