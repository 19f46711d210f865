/** Whole calls in place of single clips: what the vote makes of windows in the light of those before them. */
@NullMarked
package io.undertone.training.calls;

import org.jspecify.annotations.NullMarked;
