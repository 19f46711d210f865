package io.undertone.training;

import io.undertone.bundle.Bundle;
import io.undertone.inference.Ensemble;
import io.undertone.model.Ensembles;
import io.undertone.training.calls.MixedCalls;
import io.undertone.training.calls.StagedCall;
import io.undertone.training.calls.StagedOpinions;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Corpus;
import io.undertone.training.corpus.OrdinarySpeech;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.hearing.Hearing;
import io.undertone.training.ordinary.AngerInCalls;
import io.undertone.training.ordinary.CallPlayer;
import io.undertone.training.ordinary.HeardCall;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.VoteScores;
import io.undertone.vote.LabelShift;
import io.undertone.window.LegSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/** The bundle that {@link EvaluateRun} measures, with its ensemble open: scores clips, calls and other sound. Not thread-safe. */
final class MeasuredBundle implements AutoCloseable {
    private final Bundle bundle;
    private final EvaluateRun.Options options;
    private final EvaluateRun.Progress progress;
    private final Hearing hearing;
    private final LabelShift shift;
    private final Ensemble ensemble;
    private final CallPlayer player;

    MeasuredBundle(Bundle bundle, EvaluateRun.Options options, EvaluateRun.Progress progress) {
        this.bundle = bundle;
        this.options = options;
        this.progress = progress;
        this.hearing = new Hearing(bundle.content().features(), LegSettings.DEFAULT, options.seed());
        this.shift = options.shares().shift(bundle.content().priors(), bundle.labels());
        this.ensemble = Ensembles.open(bundle, options.engine());
        this.player = new CallPlayer(ensemble, farEnd(), options.seed());
    }

    private FarEnd farEnd() {
        return new FarEnd(bundle.content().features(), LegSettings.DEFAULT);
    }

    /** @param notes caveats for the report; one is added if clips hold too little speech */
    VoteScores clips(List<Clip> clips, Condition condition, Collection<String> notes) {
        List<ClipOpinion> opinions = ClipOpinion.ask(
                        ensemble,
                        hearing.hear(
                                clips,
                                new Hearing.Before(new OrdinarySpeech(clips), options.earlier()),
                                condition,
                                done -> progress.clips(condition, done, clips.size())))
                .stream()
                .map(opinion -> opinion.readWith(shift))
                .toList();
        VoteScores scores = VoteScores.of(
                opinions,
                ensemble.voters(),
                bundle.content().networks().size(),
                bundle.labels(),
                bundle.content().temperature());
        int unheard = scores.all().confusion().unheard();
        if (unheard > 0) {
            notes.add(unheard + " clips held too little speech for any window under " + condition.id()
                    + "; they count as wrong.");
        }
        return scores;
    }

    /** Calls staged from these clips. */
    StagedScores stagedCalls(List<Clip> clips) {
        List<StagedCall> calls = new ArrayList<>(StagedCall.of(clips, options.seed()));
        calls.addAll(MixedCalls.of(clips, options.seed()));
        return StagedScores.of(
                StagedOpinions.ask(ensemble, farEnd(), calls, options.seed()).readWith(shift),
                bundle.labels(),
                bundle.content().persistence(),
                bundle.content().temperature());
    }

    /** How much anger is found in calls staged from these clips, with false alarms counted on ordinary speech. */
    AngerInCalls angerInCalls(List<Clip> clips, List<JudgedCall> ordinary) {
        List<StagedCall> calls = AngerInCalls.calls(clips, options.seed());
        return AngerInCalls.of(
                ordinary,
                StagedOpinions.ask(ensemble, farEnd(), calls, options.seed()).readWith(shift),
                bundle.labels(),
                bundle.content().persistence(),
                bundle.content().temperature(),
                options.alertRules());
    }

    /** Calls of ordinary speech. */
    List<JudgedCall> ordinary(Corpus kind) {
        return judged(player.speech(kind.clips(), told(kind)));
    }

    /** Recordings without speech, each as a call. */
    List<JudgedCall> notSpeech(Corpus kind) {
        return judged(player.notSpeech(kind.clips(), told(kind)));
    }

    private BiConsumer<Integer, Integer> told(Corpus kind) {
        return (done, total) -> progress.calls(kind.name(), done, total);
    }

    private List<JudgedCall> judged(List<HeardCall> calls) {
        return calls.stream()
                .map(call -> JudgedCall.of(
                        call.readWith(shift),
                        bundle.labels(),
                        bundle.content().persistence(),
                        bundle.content().temperature(),
                        options.alertRules()))
                .toList();
    }

    @Override
    public void close() {
        ensemble.close();
    }
}
