/** A bundle's networks in 8 bits: value ranges found from speech, and the effect of 8 bits on other speakers. */
@NullMarked
package io.undertone.training.precision;

import org.jspecify.annotations.NullMarked;
