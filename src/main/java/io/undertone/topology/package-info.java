/** The Kafka Streams applications. */
@NullMarked
package io.undertone.topology;

import org.jspecify.annotations.NullMarked;
