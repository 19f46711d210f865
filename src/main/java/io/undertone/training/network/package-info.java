/** The networks' training loop. */
@NullMarked
package io.undertone.training.network;

import org.jspecify.annotations.NullMarked;
