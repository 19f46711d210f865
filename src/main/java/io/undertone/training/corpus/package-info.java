/** Labelled recordings on disk. */
@NullMarked
package io.undertone.training.corpus;

import org.jspecify.annotations.NullMarked;
