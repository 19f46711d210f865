/** The Kafka cluster as commands use it: whether it is there, its topics, producers and consumers of Undertone's records. */
@NullMarked
package io.undertone.kafka;

import org.jspecify.annotations.NullMarked;
