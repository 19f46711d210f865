/** Training on windows of frames: clips passed through many simulated lines, pictures warped, masked and mixed. */
@NullMarked
package io.undertone.training.frames;

import org.jspecify.annotations.NullMarked;
