/** Frames, log-mel energies, MFCCs and the speech gate, by librosa's definitions on TarsosDSP's FFT. */
@NullMarked
package io.undertone.features;

import org.jspecify.annotations.NullMarked;
