package io.undertone.training.score;

/**
 * How one label fared.
 *
 * @param label its name
 * @param precision of the clips given this label, the share that bears it; 0 where none was given it
 * @param recall of the clips that bear it, the share given it
 * @param f1 harmonic mean of both; 0 where both are 0
 * @param support clips that bear it
 */
public record LabelScore(String label, double precision, double recall, double f1, int support) {}
