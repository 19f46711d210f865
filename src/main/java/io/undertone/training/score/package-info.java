/** Accuracy and calibration of models. */
@NullMarked
package io.undertone.training.score;

import org.jspecify.annotations.NullMarked;
