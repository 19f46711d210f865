package io.undertone.training;

import io.undertone.bundle.Bundle;
import io.undertone.inference.EngineSettings;
import io.undertone.inference.Ensemble;
import io.undertone.inference.Ensembles;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.report.EvaluationReport;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.VoteScores;
import io.undertone.window.LegSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures a bundle on corpora through the very front end, engine and vote that serve, under each condition, and writes the
 * report. Clips whose label the bundle lacks are left out, and the report says so; labels that no clip bears take no part in
 * the UAR.
 */
public final class EvaluateRun {
    private EvaluateRun() {}

    /**
     * What is measured.
     *
     * @param bundle the bundle's folder
     * @param corpora folders of corpora, at least one
     * @param conditions in the order of the report
     * @param stagesCalls whether calls are staged with the clips, too
     * @param report folder the report goes to
     * @param engine what computes the networks
     * @param seed of what is random in the conditions
     */
    public record Options(
            Path bundle,
            List<Path> corpora,
            List<Condition> conditions,
            boolean stagesCalls,
            Path report,
            EngineSettings engine,
            long seed) {
        public Options {
            corpora = List.copyOf(corpora);
            conditions = List.copyOf(conditions);
            if (corpora.isEmpty() || conditions.isEmpty()) {
                throw new IllegalArgumentException("must name at least one corpus and one condition: corpora=" + corpora
                        + ", conditions=" + conditions);
            }
        }
    }

    /** Told how far a run is. */
    public interface Progress {
        /** {@code done} of {@code total} clips of this condition are heard. */
        void clips(Condition condition, int done, int total);
    }

    /** Measures and writes; the report is also returned. */
    public static EvaluationReport run(Options options, Progress progress) throws IOException {
        Bundle bundle = Bundle.open(options.bundle());
        Measured data = Measured.of(bundle, options.corpora());
        Map<Condition, VoteScores> scores = new LinkedHashMap<>();
        Set<String> notes = new LinkedHashSet<>(data.notes());
        Hearing hearing = new Hearing(bundle.content().features(), LegSettings.DEFAULT, options.seed());
        StagedScores staged = null;
        try (Ensemble ensemble = Ensembles.open(bundle, options.engine())) {
            for (Condition condition : options.conditions()) {
                List<ClipOpinion> opinions = ClipOpinion.ask(
                        ensemble,
                        hearing.hear(
                                data.clips(),
                                condition,
                                done -> progress.clips(
                                        condition, done, data.clips().size())));
                VoteScores measured = VoteScores.of(
                        opinions,
                        ensemble.voters(),
                        bundle.content().networks().size(),
                        bundle.labels(),
                        bundle.content().temperature());
                scores.put(condition, measured);
                int unheard = measured.all().confusion().unheard();
                if (unheard > 0) {
                    notes.add(unheard + " clips held too little speech for any window under " + condition.id()
                            + "; they count as wrong.");
                }
            }
            if (options.stagesCalls()) {
                staged = StagedScores.of(
                        StagedOpinions.ask(
                                ensemble,
                                new FarEnd(bundle.content().features(), LegSettings.DEFAULT),
                                StagedCall.of(data.clips(), options.seed()),
                                options.seed()),
                        bundle.labels(),
                        bundle.content().persistence(),
                        bundle.content().temperature());
            }
        }
        EvaluationReport report = new EvaluationReport(
                bundle.content().name() + " " + bundle.content().version(),
                Protocol.BUNDLE.id(),
                Protocol.BUNDLE.meaning(),
                new ArrayList<>(notes),
                data.corpora(),
                scores,
                staged);
        report.write(options.report());
        return report;
    }

    /**
     * The clips that can be measured, and what to say about them.
     *
     * @param corpora names of the corpora
     * @param clips those whose label the bundle has
     * @param notes what a reader must know
     */
    private record Measured(List<String> corpora, List<Clip> clips, List<String> notes) {
        static Measured of(Bundle bundle, List<Path> folders) {
            List<Clip> clips = new ArrayList<>();
            List<String> names = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            for (Path folder : folders) {
                Corpus corpus = Corpus.openLeniently(folder);
                names.add(corpus.name());
                Map<String, Long> left = new TreeMap<>(corpus.balance());
                left.keySet().removeAll(bundle.labels());
                if (!left.isEmpty()) {
                    notes.add(corpus.name() + ": clips of labels that the bundle lacks are left out: " + left + ".");
                }
                Corpus kept = corpus.withLabels(bundle.labels());
                List<String> absent = bundle.labels().stream()
                        .filter(label -> !kept.balance().containsKey(label))
                        .toList();
                if (!absent.isEmpty()) {
                    notes.add(
                            corpus.name() + ": holds no clip of " + absent
                                    + "; the UAR is over the labels that have clips, and a clip given one of these counts as wrong.");
                }
                knownSpeakers(bundle, kept, notes);
                clips.addAll(kept.clips());
            }
            if (clips.isEmpty()) {
                throw new CorpusException("A corpus must hold clips of the bundle's labels: corpora=" + names
                        + ", labels=" + bundle.labels() + "; check the manifest's label column");
            }
            return new Measured(names, clips, notes);
        }

        private static void knownSpeakers(Bundle bundle, Corpus corpus, List<String> notes) {
            List<String> trainedOn = new ArrayList<>();
            bundle.content().provenance().path("corpora").forEach(c -> {
                if (c.path("name").asText().equals(corpus.name())) {
                    c.path("speakers").forEach(s -> trainedOn.add(s.asText()));
                }
            });
            List<String> known =
                    corpus.speakers().stream().filter(trainedOn::contains).toList();
            notes.add(
                    known.isEmpty()
                            ? corpus.name() + ": the bundle says of none of its speakers that it was trained on them."
                            : corpus.name() + ": the bundle was trained on " + known.size() + " of "
                                    + corpus.speakers().size()
                                    + " speakers; its figures overstate what it reaches on strangers.");
        }
    }
}
