/** The majority of six, each verdict using the windows before it in its leg. */
@NullMarked
package io.undertone.vote;

import org.jspecify.annotations.NullMarked;
