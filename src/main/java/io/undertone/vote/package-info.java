/** The majority vote of six voters, in which each verdict uses the earlier windows of its leg. */
@NullMarked
package io.undertone.vote;

import org.jspecify.annotations.NullMarked;
