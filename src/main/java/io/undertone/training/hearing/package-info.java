/** Recordings processed by the same front end as in serving. */
@NullMarked
package io.undertone.training.hearing;

import org.jspecify.annotations.NullMarked;
