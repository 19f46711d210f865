/** Simulated telephone lines, reproducible by seed. */
@NullMarked
package io.undertone.training.condition;

import org.jspecify.annotations.NullMarked;
