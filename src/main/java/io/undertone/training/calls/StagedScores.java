package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.training.score.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the vote makes of staged calls of strangers, by how long an emotion lasts in them.
 *
 * @param lines one for each length of episode
 * @param persistences for each fold, what the other folds' calls chose
 */
public record StagedScores(List<Line> lines, List<Persistence> persistences) {
    /**
     * Calls with episodes of one length, the windows of all folds together.
     *
     * @param episode utterances in a row with one emotion
     * @param alone each window judged by itself
     * @param inContext judged in the light of those before, as fitted on the other folds' calls
     */
    public record Line(int episode, Confusion alone, Confusion inContext) {}

    public StagedScores {
        lines = List.copyOf(lines);
        persistences = List.copyOf(persistences);
    }

    /** The scores of a corpus' folds: how long emotions last is fitted for each on the others; nothing is, where there is one fold. */
    public static StagedScores of(List<StagedOpinions> folds, List<String> labels) {
        List<Persistence> fitted = IntStream.range(0, folds.size())
                .mapToObj(fold -> PersistenceFit.fit(
                        StagedOpinions.together(IntStream.range(0, folds.size())
                                .filter(other -> other != fold)
                                .mapToObj(folds::get)
                                .toList()),
                        labels))
                .toList();
        return of(folds, labels, fitted);
    }

    /** The scores of a finished bundle. */
    public static StagedScores of(StagedOpinions calls, List<String> labels, Persistence persistence) {
        return of(List.of(calls), labels, List.of(persistence));
    }

    private static StagedScores of(List<StagedOpinions> folds, List<String> labels, List<Persistence> persistences) {
        List<Line> lines = new ArrayList<>();
        for (int episode : StagedCall.EPISODES) {
            Confusion alone = new Confusion(labels);
            Confusion inContext = new Confusion(labels);
            for (int fold = 0; fold < folds.size(); fold++) {
                alone.add(folds.get(fold).judge(episode, labels, Persistence.NONE));
                inContext.add(folds.get(fold).judge(episode, labels, persistences.get(fold)));
            }
            lines.add(new Line(episode, alone, inContext));
        }
        return new StagedScores(lines, persistences);
    }
}
