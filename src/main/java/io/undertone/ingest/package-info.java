/** Chunks of a leg: what is refused, and how the rest is brought into order. */
@NullMarked
package io.undertone.ingest;

import org.jspecify.annotations.NullMarked;
