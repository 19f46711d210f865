/** Samples in files and bytes: PCM and G.711 decoding, WAV and FLAC files, sample-rate conversion. */
@NullMarked
package io.undertone.audio;

import org.jspecify.annotations.NullMarked;
