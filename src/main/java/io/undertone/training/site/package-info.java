/** A bundle fitted to the lines that it listens to: its temperatures, its label priors, thresholds of alerts; its weights stay. */
@NullMarked
package io.undertone.training.site;

import org.jspecify.annotations.NullMarked;
