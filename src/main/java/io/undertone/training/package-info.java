/** Corpora, augmentation, folds, training and reports. */
@NullMarked
package io.undertone.training;

import org.jspecify.annotations.NullMarked;
