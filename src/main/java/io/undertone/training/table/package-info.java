/** Rows of features with labels: reading, balancing, splitting. */
@NullMarked
package io.undertone.training.table;

import org.jspecify.annotations.NullMarked;
