/** Fits what a change of a caller's voice says of each label, and measures it on corpora that the fit left out. */
@NullMarked
package io.undertone.training.contrast;

import org.jspecify.annotations.NullMarked;
