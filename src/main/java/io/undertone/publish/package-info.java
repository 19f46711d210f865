/** Verdicts as records. */
@NullMarked
package io.undertone.publish;

import org.jspecify.annotations.NullMarked;
