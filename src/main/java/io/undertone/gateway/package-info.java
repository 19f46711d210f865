/**
 * Calls from telephony platforms: their protocols in, chunks of legs out. A {@link io.undertone.gateway.Decoder} a protocol, over one
 * {@link io.undertone.gateway.Session} that owns position, order, silence, limits and ends. {@link io.undertone.gateway.Platforms} is the
 * table of all that is spoken.
 */
@NullMarked
package io.undertone.gateway;

import org.jspecify.annotations.NullMarked;
