/** Whole calls in place of single clips: what the vote makes of windows using those before them. */
@NullMarked
package io.undertone.training.calls;

import org.jspecify.annotations.NullMarked;
