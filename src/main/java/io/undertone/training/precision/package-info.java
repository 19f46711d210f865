/** A bundle's networks in 8 bits: ranges learned from speech, and what computing in 8 bits changes for voices that they were not learned from. */
@NullMarked
package io.undertone.training.precision;

import org.jspecify.annotations.NullMarked;
