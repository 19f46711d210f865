/** Chunks of a leg: checks them and puts them in order. */
@NullMarked
package io.undertone.ingest;

import org.jspecify.annotations.NullMarked;
