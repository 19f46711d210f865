/** A Kafka broker in this process, for trying things out. */
@NullMarked
package io.undertone.embedded;

import org.jspecify.annotations.NullMarked;
