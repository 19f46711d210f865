/** What a command could not do, and why, as one line. */
@NullMarked
package io.undertone.failure;

import org.jspecify.annotations.NullMarked;
