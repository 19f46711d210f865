package io.undertone.training;

import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleScores;
import io.undertone.bundle.ReferenceFigures;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.score.WindowFigures;
import io.undertone.vote.LabelShift;
import io.undertone.window.LegSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Measures the distribution of a finished bundle's verdicts over recordings of speakers that it was not trained on, under the telephone
 * condition, and writes it to {@code bundle.json} as the reference for drift of live windows.
 */
public final class DriftReference {
    private DriftReference() {}

    /**
     * Measures and writes. Clips of speakers that the bundle was trained on are left out.
     *
     * @param folder of the bundle
     * @param corpora folders of recordings; labels are not needed
     * @param engine what computes the networks
     * @param progress called with the number of clips processed
     */
    public static ReferenceFigures run(Path folder, List<Path> corpora, EngineSettings engine, IntConsumer progress) {
        Bundle bundle = Bundle.open(folder);
        List<Clip> heldOut = new ArrayList<>();
        Set<String> basis = new TreeSet<>();
        for (Path path : corpora) {
            Corpus corpus = Corpus.openLeniently(path);
            Set<String> known = trainedOn(bundle, corpus.name());
            Set<String> speakers = new HashSet<>();
            for (Clip clip : corpus.clips()) {
                if (!known.contains(clip.speaker())) {
                    heldOut.add(clip);
                    speakers.add(clip.speaker());
                }
            }
            basis.add(corpus.name() + ": " + speakers.size() + " speakers that it was not trained on");
        }
        if (heldOut.isEmpty()) {
            throw new CorpusException("Corpora must hold speakers that the bundle was not trained on: " + basis
                    + "; voices that it knows would make any others look strange");
        }
        WindowFigures windows = new WindowFigures();
        Hearing hearing = new Hearing(bundle.content().features(), LegSettings.DEFAULT, 1);
        try (Ensemble ensemble = Ensembles.open(bundle, engine)) {
            windows.add(ensemble, hearing.hear(heldOut, Condition.TELEPHONE, progress));
        }
        ReferenceFigures figures = windows.figures(
                        "windows under the condition telephone; " + String.join("; ", basis),
                        bundle.labels(),
                        LabelShift.of(bundle.content().priors(), bundle.labels()),
                        bundle.content().temperature())
                .orElseThrow(() -> new CorpusException(
                        "Recordings must hold speech: none of " + heldOut.size() + " clips gave a window"));
        BundleScores.put(folder, figures);
        return figures;
    }

    private static Set<String> trainedOn(Bundle bundle, String corpus) {
        Set<String> speakers = new HashSet<>();
        bundle.content().provenance().path("corpora").forEach(entry -> {
            if (entry.path("name").asText().equals(corpus)) {
                entry.path("speakers").forEach(speaker -> speakers.add(speaker.asText()));
            }
        });
        return speakers;
    }
}
