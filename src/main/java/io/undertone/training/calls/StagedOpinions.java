package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.inference.Ensemble;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Utterance;
import io.undertone.training.hearing.FarEnd;
import io.undertone.training.score.Tally;
import io.undertone.vote.LabelShift;
import io.undertone.window.Window;
import java.util.List;
import java.util.function.Predicate;

/**
 * Voters' opinions on staged calls of held-out speakers. Immutable.
 *
 * @param calls in the order of {@link StagedCall#of}
 */
public record StagedOpinions(List<Call> calls) {
    /**
     * One call.
     *
     * @param script the call that was played
     * @param opinions on its windows
     */
    public record Call(StagedCall script, CallOpinions opinions) {}

    private record Heard(StagedCall script, List<Utterance> utterances, List<Window> windows) {}

    public StagedOpinions {
        calls = List.copyOf(calls);
    }

    /** Plays calls and collects the voters' opinions. */
    public static StagedOpinions ask(Ensemble ensemble, FarEnd farEnd, List<StagedCall> scripts, long seed) {
        TelephoneClips clips = new TelephoneClips(seed);
        List<Heard> heard = scripts.parallelStream()
                .map(script -> {
                    CallAudio audio = CallAudio.of(script, clips);
                    return new Heard(script, audio.utterances(), farEnd.windows(audio.audio()));
                })
                .toList();
        return new StagedOpinions(heard.stream()
                .map(call -> new Call(call.script(), CallOpinions.ask(ensemble, call.windows(), call.utterances())))
                .toList());
    }

    /** The calls of several, joined. */
    public static StagedOpinions together(List<StagedOpinions> parts) {
        return new StagedOpinions(
                parts.stream().flatMap(part -> part.calls().stream()).toList());
    }

    /** The same, with corrected label priors. */
    public StagedOpinions readWith(LabelShift shift) {
        return new StagedOpinions(calls.stream()
                .map(call -> new Call(call.script(), call.opinions().readWith(shift)))
                .toList());
    }

    /** Those of some of the calls. */
    public StagedOpinions ofCalls(Predicate<StagedCall> some) {
        return new StagedOpinions(
                calls.stream().filter(call -> some.test(call.script())).toList());
    }

    /** The calls whose clips match; all clips of a call are of one speaker, so the first is tested. */
    public StagedOpinions of(Predicate<Clip> some) {
        return new StagedOpinions(calls.stream()
                .filter(call -> some.test(call.script().clips().get(0)))
                .toList());
    }

    /** Whether there are calls with episodes of this many utterances. */
    public boolean has(int episode) {
        return calls.stream().anyMatch(call -> call.script().episode() == episode);
    }

    /** The mean {@code -log p} of the true labels in calls with episodes of this many utterances. */
    public double surprise(int episode, List<String> labels, Persistence persistence, double temperature) {
        double sum = 0;
        long known = 0;
        for (Call call : calls) {
            if (call.script().episode() == episode) {
                sum += call.opinions().surprise(labels, persistence, temperature);
                known += call.opinions().windows().stream()
                        .filter(CallOpinions.Said::isKnown)
                        .count();
            }
        }
        return sum / known;
    }

    /** Scores of the vote on all calls with episodes of this many utterances. */
    public Tally judge(int episode, List<String> labels, Persistence persistence, double temperature) {
        Tally tally = new Tally(labels);
        calls.stream()
                .filter(call -> call.script().episode() == episode)
                .forEach(call -> tally.add(call.opinions().judge(labels, persistence, temperature)));
        return tally;
    }
}
