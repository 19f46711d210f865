/** The majority of six. */
@NullMarked
package io.undertone.vote;

import org.jspecify.annotations.NullMarked;
