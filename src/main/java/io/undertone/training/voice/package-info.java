/** Learning to tell voices from music, tones and noise: what is heard, made up where need be, and the network that is fitted to it. */
@NullMarked
package io.undertone.training.voice;

import org.jspecify.annotations.NullMarked;
