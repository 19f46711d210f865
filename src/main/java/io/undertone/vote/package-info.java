/** The majority of six, each window in the light of those before it in its leg. */
@NullMarked
package io.undertone.vote;

import org.jspecify.annotations.NullMarked;
