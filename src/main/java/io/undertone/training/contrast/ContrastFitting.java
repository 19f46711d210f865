package io.undertone.training.contrast;

import io.undertone.bundle.BundleContent;
import io.undertone.bundle.ContrastWeights;
import io.undertone.inference.Ensemble;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.OrdinarySpeech;
import io.undertone.training.hearing.HeardClip;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.score.ClipOpinion;
import io.undertone.window.LegSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights fitted to some corpora, and what they change. Immutable.
 */
public final class ContrastFitting {
    private static final long SEED = 1;
    private static final double PLACES = 1e4;

    private final ContrastWeights weights;
    private final ContrastReport report;

    private ContrastFitting(ContrastWeights weights, ContrastReport report) {
        this.weights = weights;
        this.report = report;
    }

    /** Receives progress. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} of {@code total} clips of a corpus are processed. */
        void clips(String corpus, int done, int total);
    }

    /**
     * Fits and measures.
     *
     * @param judge whose windows have a contrast, and whose answers are not shifted
     * @param ensemble its voters
     * @param fitted corpora of speakers that these do not know
     * @param measured further corpora, which are measured alone
     * @param earlier how many ordinary clips are heard before each, at most
     * @throws CorpusException if the corpora hold no speech to fit to
     */
    public static ContrastFitting of(
            BundleContent judge,
            Ensemble ensemble,
            List<Corpus> fitted,
            List<Corpus> measured,
            int earlier,
            Progress progress) {
        Hearing hearing = new Hearing(judge.features(), LegSettings.DEFAULT, SEED);
        Map<String, List<ContrastClip>> learned = ask(fitted, ensemble, hearing, earlier, progress);
        Map<String, List<ContrastClip>> others = ask(measured, ensemble, hearing, earlier, progress);
        List<ContrastClip> all = learned.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            throw new CorpusException(
                    "Recordings must hold speech of the bundle's labels, " + judge.labels() + ": none gave a window");
        }
        double[][] weights = ContrastFit.fit(all, judge.labels().size());
        Map<String, List<Double>> byLabel = new LinkedHashMap<>();
        for (int label = 0; label < weights.length; label++) {
            byLabel.put(
                    judge.labels().get(label),
                    Arrays.stream(weights[label])
                            .mapToObj(weight -> Math.round(weight * PLACES) / PLACES)
                            .toList());
        }
        return new ContrastFitting(
                new ContrastWeights(byLabel), ContrastReport.of(judge, earlier, learned, others, weights));
    }

    private static Map<String, List<ContrastClip>> ask(
            List<Corpus> corpora, Ensemble ensemble, Hearing hearing, int earlier, Progress progress) {
        Map<String, List<ContrastClip>> asked = new LinkedHashMap<>();
        for (Corpus corpus : corpora) {
            List<Clip> clips = corpus.clips();
            List<HeardClip> heard = hearing.hear(
                    clips,
                    new Hearing.Before(new OrdinarySpeech(clips), earlier),
                    Condition.TELEPHONE,
                    done -> progress.clips(corpus.name(), done, clips.size()));
            List<ClipOpinion> opinions = ClipOpinion.ask(ensemble, heard);
            List<ContrastClip> of = new ArrayList<>();
            for (int i = 0; i < heard.size(); i++) {
                if (opinions.get(i).heard()) {
                    of.add(ContrastClip.of(opinions.get(i), heard.get(i)));
                }
            }
            if (!of.isEmpty()) {
                asked.put(corpus.name(), of);
            }
        }
        return asked;
    }

    /** Fitted to all corpora together. */
    public ContrastWeights weights() {
        return weights;
    }

    /** What they change. */
    public ContrastReport report() {
        return report;
    }
}
