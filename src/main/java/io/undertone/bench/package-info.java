/** What measures Undertone under load: when legs are due, how late their events were, what they cost. */
@NullMarked
package io.undertone.bench;

import org.jspecify.annotations.NullMarked;
