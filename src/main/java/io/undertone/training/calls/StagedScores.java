package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.training.score.Confusion;
import java.util.ArrayList;
import java.util.List;

/**
 * What the vote makes of staged calls of strangers, by how long an emotion lasts in them.
 *
 * @param lines one for each length of episode
 * @param persistences by which each fold was judged
 */
public record StagedScores(List<Line> lines, List<Persistence> persistences) {
    /**
     * Calls with episodes of one length, the windows of all folds together.
     *
     * @param episode utterances in a row with one emotion
     * @param alone each window judged by itself
     * @param inContext judged in the light of those before
     */
    public record Line(int episode, Confusion alone, Confusion inContext) {}

    public StagedScores {
        lines = List.copyOf(lines);
        persistences = List.copyOf(persistences);
    }

    /** The scores of a finished bundle. */
    public static StagedScores of(StagedOpinions calls, List<String> labels, Persistence persistence) {
        return of(List.of(calls), labels, List.of(persistence));
    }

    /**
     * The scores of a corpus' folds.
     *
     * @param persistences by which each fold's calls are judged
     */
    public static StagedScores of(List<StagedOpinions> folds, List<String> labels, List<Persistence> persistences) {
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
