package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.training.score.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * What the vote makes of staged calls of held-out speakers, by how long an emotion lasts in them.
 *
 * @param lines one for each length of episode
 * @param persistences by which each fold was judged
 * @param temperatures by which each fold was judged where nothing was heard before
 */
public record StagedScores(List<Line> lines, List<Persistence> persistences, List<Double> temperatures) {
    /**
     * Calls with episodes of one length, the windows of all folds together.
     *
     * @param episode utterances in a row with one emotion; {@link StagedCall#MIXED} for mixed calls
     * @param alone each window judged independently
     * @param inContext judged using those before
     */
    public record Line(int episode, Tally alone, Tally inContext) {}

    public StagedScores {
        lines = List.copyOf(lines);
        persistences = List.copyOf(persistences);
        temperatures = List.copyOf(temperatures);
    }

    /** The scores of a finished bundle. */
    public static StagedScores of(
            StagedOpinions calls, List<String> labels, Persistence persistence, double temperature) {
        return of(List.of(calls), labels, List.of(persistence), List.of(temperature));
    }

    /**
     * The scores of a corpus' folds.
     *
     * @param persistences by which each fold's calls are judged
     * @param temperatures of each fold's confidences
     */
    public static StagedScores of(
            List<StagedOpinions> folds,
            List<String> labels,
            List<Persistence> persistences,
            List<Double> temperatures) {
        List<Line> lines = new ArrayList<>();
        for (int episode : episodes(folds)) {
            Tally alone = new Tally(labels);
            Tally inContext = new Tally(labels);
            for (int fold = 0; fold < folds.size(); fold++) {
                alone.add(folds.get(fold).judge(episode, labels, Persistence.NONE, temperatures.get(fold)));
                inContext.add(folds.get(fold).judge(episode, labels, persistences.get(fold), temperatures.get(fold)));
            }
            lines.add(new Line(episode, alone, inContext));
        }
        return new StagedScores(lines, persistences, temperatures);
    }

    /** The mixed calls first, where there are any. */
    private static List<Integer> episodes(List<StagedOpinions> folds) {
        List<Integer> episodes = new ArrayList<>();
        if (folds.stream().anyMatch(fold -> fold.has(StagedCall.MIXED))) {
            episodes.add(StagedCall.MIXED);
        }
        StagedCall.EPISODES.stream()
                .filter(episode -> folds.stream().anyMatch(fold -> fold.has(episode)))
                .forEach(episodes::add);
        return episodes;
    }
}
