/** The networks on Deeplearning4j and ND4J. */
@NullMarked
package io.undertone.inference.dl4j;

import org.jspecify.annotations.NullMarked;
