/** Training on windows of frames: clips heard over many lines, pictures warped, masked and mixed. */
@NullMarked
package io.undertone.training.frames;

import org.jspecify.annotations.NullMarked;
