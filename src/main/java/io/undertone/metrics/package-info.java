/** Counters and timers. */
@NullMarked
package io.undertone.metrics;

import org.jspecify.annotations.NullMarked;
