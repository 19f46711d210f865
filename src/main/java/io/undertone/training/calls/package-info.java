/** Scores on whole calls instead of single clips, where the vote also uses earlier windows. */
@NullMarked
package io.undertone.training.calls;

import org.jspecify.annotations.NullMarked;
