package io.undertone.training;

import io.undertone.bundle.Persistence;
import io.undertone.bundle.Priors;
import io.undertone.training.calls.StagedScores;
import io.undertone.training.condition.Condition;
import io.undertone.training.ordinary.JudgedCall;
import io.undertone.training.report.FoldScores;
import io.undertone.training.score.ClipOpinion;
import io.undertone.training.score.WindowFigures;
import java.util.List;
import java.util.Map;

/**
 * The result of the folds: scores on held-out speakers, and the calibration that a bundle takes from them.
 *
 * @param scores by corpus and condition
 * @param heldOut opinions on every clip by voters that were not fitted to its speaker, under the condition for calibration
 * @param temperature of windows judged independently, fitted on those
 * @param windows the windows of the same clips
 * @param priors label priors, fitted on the same clips
 * @param staged scores of the vote on staged calls of the same speakers, by corpus
 * @param persistence fitted on those calls, of corpora with all labels
 * @param neverTrainedOn scores of corpora that no training was fitted to, by corpus and condition; a fold for each training that was scored
 *     on part of it
 * @param ordinary calls of ordinary speech, each judged by voters that were not fitted to its speaker
 * @param notSpeech recordings without speech, judged
 */
record FoldMeasures(
        Map<String, Map<Condition, FoldScores>> scores,
        List<ClipOpinion> heldOut,
        double temperature,
        WindowFigures windows,
        Priors priors,
        Map<String, StagedScores> staged,
        Persistence persistence,
        Map<String, Map<Condition, FoldScores>> neverTrainedOn,
        List<JudgedCall> ordinary,
        List<JudgedCall> notSpeech) {}
