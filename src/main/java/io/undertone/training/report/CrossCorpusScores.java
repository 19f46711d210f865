package io.undertone.training.report;

import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.score.VoteScores;
import java.util.List;
import java.util.Map;

/**
 * Scores of voters on a corpus that was left out entirely.
 *
 * @param temperature of their confidences, fitted on the other corpora that were left out in turn
 * @param inCommon by condition, of the clips whose label other corpora have as well
 * @param all by condition, of all clips, for coarser classes
 * @param staged calls staged from the clips, if they have enough emotions
 * @param ordinary calls of ordinary speech by held-out speakers
 */
public record CrossCorpusScores(
        double temperature,
        Map<Condition, VoteScores> inCommon,
        Map<Condition, VoteScores> all,
        StagedScores staged,
        List<JudgedCall> ordinary) {
    public CrossCorpusScores {
        ordinary = List.copyOf(ordinary);
    }
}
