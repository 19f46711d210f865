/** Samples in files and bytes: PCM and G.711 decoding, audio files of the kinds that recorders of calls write, sample-rate conversion. */
@NullMarked
package io.undertone.audio;

import org.jspecify.annotations.NullMarked;
