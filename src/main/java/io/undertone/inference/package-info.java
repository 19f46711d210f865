/** The ensemble and its dynamic batcher; engines in sub-packages. */
@NullMarked
package io.undertone.inference;

import org.jspecify.annotations.NullMarked;
