/** Emotions in plainer terms: sentiment, valence and arousal, of a window and over a leg. Plain values in and out. */
@NullMarked
package io.undertone.affect;

import org.jspecify.annotations.NullMarked;
