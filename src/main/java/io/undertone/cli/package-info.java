/** The undertone command. */
@NullMarked
package io.undertone.cli;

import org.jspecify.annotations.NullMarked;
