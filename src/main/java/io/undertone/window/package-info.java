/** Windows of a leg, 3 s every 1 s, from small per-leg state. */
@NullMarked
package io.undertone.window;

import org.jspecify.annotations.NullMarked;
