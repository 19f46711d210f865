/** Reports of training and evaluation. */
@NullMarked
package io.undertone.training.report;

import org.jspecify.annotations.NullMarked;
