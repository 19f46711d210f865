package io.undertone.training.calls;

import io.undertone.bundle.Persistence;
import io.undertone.training.score.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores of the vote on staged calls of held-out speakers, by the length of their episodes.
 *
 * @param lines one for each length of episode
 * @param persistences used for each fold
 * @param temperatures used for each fold's windows judged independently
 */
public record StagedScores(List<Line> lines, List<Persistence> persistences, List<Double> temperatures) {
    /**
     * Scores of calls with episodes of one length, over the windows of all folds.
     *
     * @param episode utterances in a row with one emotion; {@link StagedCall#MIXED} for mixed calls
     * @param alone each window judged independently
     * @param inContext each window judged with the earlier ones
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
