/** Ordinary speech and other sound: how often a bundle confidently reports an emotion that is not present. */
@NullMarked
package io.undertone.training.ordinary;

import org.jspecify.annotations.NullMarked;
