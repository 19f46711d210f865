/** Training of the network that tells voices from music, tones and noise, on recorded and synthetic scenes. */
@NullMarked
package io.undertone.training.voice;

import org.jspecify.annotations.NullMarked;
