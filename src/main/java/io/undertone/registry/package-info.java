/** A schema registry with Confluent's HTTP interface, as client. */
@NullMarked
package io.undertone.registry;

import org.jspecify.annotations.NullMarked;
