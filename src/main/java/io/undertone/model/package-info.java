/** A bundle on an engine with its vote: what judges windows, in the stream and without it. */
@NullMarked
package io.undertone.model;

import org.jspecify.annotations.NullMarked;
