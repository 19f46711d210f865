/** Recordings to events without Kafka, by the code that serves. */
@NullMarked
package io.undertone.classify;

import org.jspecify.annotations.NullMarked;
