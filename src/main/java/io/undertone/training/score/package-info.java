/** How right, and how rightly sure, a model is. */
@NullMarked
package io.undertone.training.score;

import org.jspecify.annotations.NullMarked;
