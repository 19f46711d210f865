package io.undertone.training.report;

import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.score.VoteScores;
import java.util.List;
import java.util.Map;

/**
 * Scores of voters on a corpus that was left out whole.
 *
 * @param temperature of their confidences, fitted on the other corpora that were left out in turn
 * @param inCommon by condition, of the clips whose label other corpora have, too
 * @param all by condition, of all clips: for coarser questions
 * @param staged calls put together from the clips, as far as a call tells something
 * @param ordinary calls of ordinary speech, whom the voters did not know
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
