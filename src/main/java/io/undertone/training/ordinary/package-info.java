/** Voices that merely talk, and what is no voice at all: how often a bundle is sure of an emotion that is not there. */
@NullMarked
package io.undertone.training.ordinary;

import org.jspecify.annotations.NullMarked;
