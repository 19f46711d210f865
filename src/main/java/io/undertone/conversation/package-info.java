/** Who talks in a call, from the loudness of its legs: talk, silence, overlap, interruptions. No emotion, no words. */
@NullMarked
package io.undertone.conversation;

import org.jspecify.annotations.NullMarked;
