package io.undertone.training;

import io.undertone.alert.AlertRules;
import io.undertone.bundle.Bundle;
import io.undertone.inference.EngineSettings;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.AudioFolder;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.ordinary.AngerInCalls;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.report.EvaluationReport;
import io.undertone.training.score.VoteScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measures a bundle on corpora under each condition, and on ordinary speech and other sound over a telephone line, with the same front end,
 * engine and vote as in serving, and writes the report. Clips whose label the bundle lacks are left out, and the report says so; labels
 * without clips are not part of the UAR.
 */
public final class EvaluateRun {
    private static final int MOST_EARLIER = 20;

    private EvaluateRun() {}

    /**
     * Options of a run.
     *
     * @param bundle the bundle's folder
     * @param corpora folders of corpora
     * @param ordinary folders of ordinary speech, each a kind
     * @param notSpeech folders of music, tones and noise, each a kind
     * @param conditions in the order of the report
     * @param earlier how many neutral or calm clips of the same speaker are heard before each clip, at most
     * @param stagesCalls whether calls are also staged from the clips
     * @param shares by which probabilities are read
     * @param alertRules rules to measure: how often each fires on ordinary speech and, with staged calls, how much anger each finds
     * @param report folder the report is written to
     * @param engine what computes the networks
     * @param seed for random parts of the conditions
     */
    public record Options(
            Path bundle,
            List<Path> corpora,
            List<Path> ordinary,
            List<Path> notSpeech,
            List<Condition> conditions,
            int earlier,
            boolean stagesCalls,
            ReadShares shares,
            AlertRules alertRules,
            Path report,
            EngineSettings engine,
            long seed) {
        public Options {
            corpora = List.copyOf(corpora);
            ordinary = List.copyOf(ordinary);
            notSpeech = List.copyOf(notSpeech);
            conditions = List.copyOf(conditions);
            if (corpora.isEmpty() && ordinary.isEmpty() && notSpeech.isEmpty()) {
                throw new IllegalArgumentException(
                        "must name a corpus, ordinary speech or what is no speech: corpora=[], ordinary=[], notSpeech=[]");
            }
            if (earlier < 0 || earlier > MOST_EARLIER) {
                throw new IllegalArgumentException(
                        "earlier clips must be 0 to " + MOST_EARLIER + ": earlier=" + earlier);
            }
            if (conditions.isEmpty()) {
                throw new IllegalArgumentException("must name at least one condition: conditions=[]");
            }
        }
    }

    /** Receives a run's progress. */
    public interface Progress {
        /** {@code done} of {@code total} clips of this condition are processed. */
        void clips(Condition condition, int done, int total);

        /** {@code done} of {@code total} calls of ordinary speech, or recordings without speech, of a folder are processed. */
        default void calls(String kind, int done, int total) {}
    }

    /** Measures and writes; the report is also returned. */
    public static EvaluationReport run(Options options, Progress progress) throws IOException {
        Bundle bundle = Bundle.open(options.bundle());
        Measured data = options.corpora().isEmpty() ? Measured.NOTHING : Measured.of(bundle, options.corpora());
        List<Corpus> ordinary = kinds(options.ordinary(), AudioFolder::ordinary);
        List<Corpus> notSpeech = kinds(options.notSpeech(), AudioFolder::all);
        Set<String> notes = new LinkedHashSet<>(data.notes());
        if (options.earlier() > 0 && !data.clips().isEmpty()) {
            notes.add(
                    "Each clip was heard after up to " + options.earlier()
                            + " neutral or calm ones of its speaker, over the same line, as a caller's words after ordinary ones.");
        }
        if (options.shares() == ReadShares.LEARNED) {
            notes.add(
                    "Labels are read by the shares of training, for recordings that hold each about as often; as served, the vote leans to what is common in calls.");
        }
        Map<Condition, VoteScores> scores;
        StagedScores staged;
        AngerInCalls anger = null;
        List<JudgedCall> talk = new ArrayList<>();
        List<JudgedCall> sound = new ArrayList<>();
        try (MeasuredBundle measured = new MeasuredBundle(bundle, options, progress)) {
            scores = scores(options, data, measured, notes);
            staged = options.stagesCalls() ? measured.stagedCalls(data.clips()) : null;
            for (Corpus kind : ordinary) {
                talk.addAll(measured.ordinary(kind));
                knownSpeakers(bundle, kind, notes);
            }
            if (options.stagesCalls() && !talk.isEmpty()) {
                anger = measured.angerInCalls(data.clips(), talk);
            }
            notSpeech.forEach(kind -> sound.addAll(measured.notSpeech(kind)));
        }
        EvaluationReport report = new EvaluationReport(
                bundle.content().name() + " " + bundle.content().version(),
                Protocol.BUNDLE.id(),
                Protocol.BUNDLE.meaning(),
                new ArrayList<>(notes),
                data.corpora(),
                scores,
                staged,
                anger,
                talk,
                sound);
        report.write(options.report());
        return report;
    }

    private static Map<Condition, VoteScores> scores(
            Options options, Measured data, MeasuredBundle measured, Set<String> notes) {
        Map<Condition, VoteScores> scores = new LinkedHashMap<>();
        if (!data.clips().isEmpty()) {
            options.conditions()
                    .forEach(condition -> scores.put(condition, measured.clips(data.clips(), condition, notes)));
        }
        return scores;
    }

    private static List<Corpus> kinds(List<Path> folders, Function<Path, Corpus> open) {
        List<Corpus> kinds = folders.stream().map(open).toList();
        if (kinds.stream().map(Corpus::name).distinct().count() < kinds.size()) {
            throw new CorpusException("Each kind must have a different folder name: folders=" + folders);
        }
        return kinds;
    }

    /**
     * The clips that can be measured, with notes for the report.
     *
     * @param corpora names of the corpora
     * @param clips those whose label the bundle has
     * @param notes caveats for readers of the report
     */
    private record Measured(List<String> corpora, List<Clip> clips, List<String> notes) {
        static final Measured NOTHING = new Measured(List.of(), List.of(), List.of());

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
    }

    private static void knownSpeakers(Bundle bundle, Corpus corpus, Collection<String> notes) {
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
                                + " speakers; its figures overstate its accuracy on held-out speakers.");
    }
}
