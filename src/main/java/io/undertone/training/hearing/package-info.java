/** What the serving front end makes of recordings. */
@NullMarked
package io.undertone.training.hearing;

import org.jspecify.annotations.NullMarked;
