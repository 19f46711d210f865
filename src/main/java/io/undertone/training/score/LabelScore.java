package io.undertone.training.score;

/**
 * The scores of one label.
 *
 * @param label its name
 * @param precision of the clips given this label, the share that has it; 0 if none was given it
 * @param recall of the clips that have it, the share given it
 * @param f1 harmonic mean of both; 0 if both are 0
 * @param support number of clips that have it
 */
public record LabelScore(String label, double precision, double recall, double f1, int support) {}
